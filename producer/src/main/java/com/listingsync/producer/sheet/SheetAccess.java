package com.listingsync.producer.sheet;

import com.google.api.client.http.HttpRequest;
import com.google.api.client.http.HttpRequestInitializer;
import com.google.api.client.http.HttpTransport;
import com.google.auth.http.HttpCredentialsAdapter;
import com.google.auth.oauth2.AccessToken;
import com.google.auth.oauth2.GoogleCredentials;
import com.google.auth.oauth2.ServiceAccountCredentials;
import com.listingsync.producer.connection.ServiceAccountKey;
import com.listingsync.producer.connection.SheetCredentials;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.logging.Level;
import java.util.logging.Logger;
import org.jspecify.annotations.Nullable;

/**
 * What every request to Google carries: credentials, timeouts, and that it goes nowhere else. Google's own credentials keep a token in memory, renew it
 * early, and once more on a 401. Thread-safe.
 */
final class SheetAccess implements HttpRequestInitializer {

    private static final List<String> SCOPES = List.of(
            "https://www.googleapis.com/auth/spreadsheets.readonly",
            "https://www.googleapis.com/auth/drive.metadata.readonly");
    private static final int CONNECT_TIMEOUT_MILLIS = 10_000;

    /** Google answers a large spreadsheet within 180 s or not at all (Sheets API limits). */
    private static final int READ_TIMEOUT_MILLIS = 180_000;

    /** What Google's client logs of its traffic, tokens among it, at a level that a setting of the JVM can turn on. */
    private static final Logger TRAFFIC = Logger.getLogger(HttpTransport.class.getName());

    static {
        TRAFFIC.setLevel(Level.OFF);
    }

    private final @Nullable HttpCredentialsAdapter credentials;
    private final String who;
    private final String project;

    SheetAccess(SheetCredentials credentials) {
        this.credentials = credentials.fold(
                account -> new HttpCredentialsAdapter(serviceAccount(account.key())),
                token -> new HttpCredentialsAdapter(GoogleCredentials.create(AccessToken.newBuilder()
                        .setTokenValue(token.token().reveal())
                        .build())),
                () -> null);
        this.who = credentials.fold(account -> account.key().email(), token -> "its token's account", () -> "anybody");
        this.project = credentials.fold(account -> account.key().project(), token -> "", () -> "");
    }

    /** Whom a spreadsheet must be shared with. */
    String who() {
        return who;
    }

    /** The account's project in Google's cloud; empty when it is not known. */
    String project() {
        return project;
    }

    @Override
    public void initialize(HttpRequest request) throws IOException {
        if (credentials != null) {
            credentials.initialize(request);
        }
        request.setConnectTimeout(CONNECT_TIMEOUT_MILLIS);
        request.setReadTimeout(READ_TIMEOUT_MILLIS);
        // A redirect could lead to anything that this machine reaches; what is asked is what the connections file
        // names.
        request.setFollowRedirects(false);
    }

    private static GoogleCredentials serviceAccount(ServiceAccountKey key) {
        try {
            return ServiceAccountCredentials.fromStream(
                            new ByteArrayInputStream(key.json().reveal().getBytes(StandardCharsets.UTF_8)))
                    .createScoped(SCOPES);
        } catch (IOException e) {
            // The connections file has been checked for this. Google's message may quote the key, so it is not passed
            // on.
            throw new IllegalStateException("Google's client does not take the service account's key file");
        }
    }
}
