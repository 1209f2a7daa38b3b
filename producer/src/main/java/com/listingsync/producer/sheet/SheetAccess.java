package com.listingsync.producer.sheet;

import com.google.api.client.http.HttpRequest;
import com.google.api.client.http.HttpRequestInitializer;
import com.google.auth.http.HttpCredentialsAdapter;
import com.google.auth.oauth2.AccessToken;
import com.google.auth.oauth2.GoogleCredentials;
import com.google.auth.oauth2.ServiceAccountCredentials;
import com.listingsync.common.setting.Secret;
import com.listingsync.common.setting.SettingsException;
import com.listingsync.producer.connection.SheetCredentials;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What every request to Google carries: credentials and timeouts. Google's own credentials renew a token early, and once
 * more on a 401. Thread-safe.
 */
final class SheetAccess implements HttpRequestInitializer {

    private static final List<String> SCOPES = List.of(
            "https://www.googleapis.com/auth/spreadsheets.readonly",
            "https://www.googleapis.com/auth/drive.metadata.readonly");
    private static final int CONNECT_TIMEOUT_MILLIS = 10_000;

    /** Google answers a large spreadsheet within 180 s or not at all (Sheets API limits). */
    private static final int READ_TIMEOUT_MILLIS = 180_000;

    private final @Nullable HttpCredentialsAdapter credentials;

    /**
     * @throws SettingsException when a service account's key file is none
     */
    SheetAccess(SheetCredentials credentials) {
        this.credentials = credentials.fold(
                account -> new HttpCredentialsAdapter(serviceAccount(account.json())),
                token -> new HttpCredentialsAdapter(GoogleCredentials.create(AccessToken.newBuilder()
                        .setTokenValue(token.token().reveal())
                        .build())),
                () -> null);
    }

    private static GoogleCredentials serviceAccount(Secret json) {
        try {
            return ServiceAccountCredentials.fromStream(
                            new ByteArrayInputStream(json.reveal().getBytes(StandardCharsets.UTF_8)))
                    .createScoped(SCOPES);
        } catch (IOException | RuntimeException e) {
            // Its message may quote the key; whoever wrote the setting sees this and mends it.
            throw new SettingsException("the service account of a google-sheets connection is not a key file of Google:"
                    + " expected the JSON with type, client_email and private_key");
        }
    }

    @Override
    public void initialize(HttpRequest request) throws IOException {
        if (credentials != null) {
            credentials.initialize(request);
        }
        request.setConnectTimeout(CONNECT_TIMEOUT_MILLIS);
        request.setReadTimeout(READ_TIMEOUT_MILLIS);
    }
}
