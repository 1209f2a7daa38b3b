package com.listingsync.embedded.sheets;

import com.listingsync.embedded.upstream.Quota;
import com.listingsync.embedded.upstream.Reply;
import com.listingsync.embedded.upstream.Request;
import com.listingsync.embedded.upstream.Tokens;
import java.net.URI;
import java.util.Collections;
import java.util.Optional;
import java.util.Set;

/** Who may read and how often: tokens for signed assertions, their scopes, the quota. Thread-safe. */
final class SheetsGate {
    private static final String JWT_BEARER = "urn:ietf:params:oauth:grant-type:jwt-bearer";
    private static final String AUTH = "https://www.googleapis.com/auth/";
    static final Set<String> SHEETS_SCOPES =
            Set.of(AUTH + "spreadsheets", AUTH + "spreadsheets.readonly", AUTH + "drive", AUTH + "drive.readonly");
    static final Set<String> DRIVE_SCOPES =
            Set.of(AUTH + "drive", AUTH + "drive.readonly", AUTH + "drive.metadata", AUTH + "drive.metadata.readonly");

    private final ServiceAccount account;
    private final SheetsOptions options;
    private final Tokens<Set<String>> tokens;
    private final Optional<Quota> quota;
    private volatile boolean shared = true;

    SheetsGate(URI tokenUri, SheetsOptions options) {
        this.account = new ServiceAccount(tokenUri, options.key());
        this.options = options;
        this.tokens = new Tokens<>(options.clock());
        this.quota = options.quota().map(rule -> new Quota(rule, options.clock()));
    }

    String keyFile() {
        return account.keyFile();
    }

    void share(boolean withTheAccount) {
        shared = withTheAccount;
    }

    void revokeIssuedTokens() {
        tokens.revokeIssued();
    }

    Reply issue(Request request) {
        Optional<String> grant = Request.first(request.form(), "grant_type");
        if (!request.method().equals("POST") || !grant.equals(Optional.of(JWT_BEARER))) {
            return Reply.json(
                    400, "{\"error\":\"unsupported_grant_type\",\"error_description\":\"Invalid grant_type\"}");
        }
        Optional<Set<String>> scopes =
                Request.first(request.form(), "assertion").flatMap(account::scopes);
        if (scopes.isEmpty()) {
            return Reply.json(400, "{\"error\":\"invalid_grant\",\"error_description\":\"Invalid JWT Signature.\"}");
        }
        String token = tokens.issue(scopes.get(), options.tokenLifetime());
        return Reply.json(
                200,
                "{\"access_token\":\"" + token + "\",\"expires_in\":"
                        + options.tokenLifetime().toSeconds() + ",\"token_type\":\"Bearer\"}");
    }

    /** @throws GoogleRefusal unless the request has a token with one of the scopes, and the file is shared */
    void admit(Request request, Set<String> anyScope, String fileId) throws GoogleRefusal {
        Set<String> scopes = request.bearerToken().flatMap(tokens::grant).orElseThrow(GoogleRefusal::unauthenticated);
        if (Collections.disjoint(scopes, anyScope)) {
            throw GoogleRefusal.forbidden("Request had insufficient authentication scopes.");
        }
        if (!shared) {
            // Drive does not tell strangers that a file is there; Sheets does.
            throw anyScope.equals(DRIVE_SCOPES)
                    ? GoogleRefusal.noSuchFile(fileId)
                    : GoogleRefusal.forbidden("The caller does not have permission");
        }
    }

    /** @throws GoogleRefusal when the quota of reads is used up */
    void count() throws GoogleRefusal {
        if (quota.isPresent() && !quota.get().take().allowed()) {
            throw GoogleRefusal.tooMany();
        }
    }
}
