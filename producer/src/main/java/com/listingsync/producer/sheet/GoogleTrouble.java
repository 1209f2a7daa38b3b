package com.listingsync.producer.sheet;

import com.google.auth.Retryable;
import com.listingsync.producer.upstream.IoWords;
import com.listingsync.producer.upstream.UpstreamException;
import com.listingsync.producer.upstream.UpstreamException.Kind;
import java.io.IOException;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * What Google's refusals mean, in words that name the account and what to do, and repeat nothing of the answer: it may
 * repeat what it was asked. Immutable.
 */
record GoogleTrouble(SheetAccess access) {

    /** A request that was not answered, or not with what can be read. Its cause is left out: Google's messages quote it. */
    UpstreamException unanswered(IOException e) {
        if (e instanceof Retryable auth && !auth.isRetryable()) {
            return new UpstreamException(
                    Kind.UNAUTHORIZED,
                    "Google gives no token for " + access.who() + "; its key was deleted, or is another account's:"
                            + " make a new key file",
                    null);
        }
        return new UpstreamException(
                IoWords.timedOut(e) ? Kind.TOO_MUCH : Kind.PASSING, "Google: " + IoWords.of(e), null);
    }

    /**
     * A request that was refused.
     *
     * @param retryAfter the header of that name; null when there is none
     */
    UpstreamException refused(int status, @Nullable String retryAfter, String body) {
        String words = "Google answered with HTTP " + status;
        // 403 has two meanings: no right, and, as rateLimitExceeded or userRateLimitExceeded, too many requests.
        if (status == 429 || (status == 403 && body.contains("ateLimitExceeded"))) {
            Duration wait = seconds(retryAfter);
            return new UpstreamException(Kind.LIMITED, status, wait, words + ": too many requests", null);
        }
        if (status == 401 || status == 403) {
            return new UpstreamException(Kind.UNAUTHORIZED, status, null, words + ": " + forbidden(status, body), null);
        }
        if (status >= 500) {
            return new UpstreamException(Kind.PASSING, status, null, words, null);
        }
        if (status >= 300 && status < 400) {
            return new UpstreamException(
                    Kind.FINAL,
                    status,
                    null,
                    words
                            + ": it redirects elsewhere, where nothing is asked; put the right address into sheets_url or drive_url",
                    null);
        }
        String hint = status == 404
                ? ": there is no such spreadsheet, or it is not shared with " + access.who() + "; check spreadsheet_id"
                : status == 400 ? ": the request is not accepted" : "";
        return new UpstreamException(Kind.FINAL, status, null, words + hint, null);
    }

    private String forbidden(int status, String body) {
        if (status == 401) {
            return "the token of " + access.who() + " is not accepted";
        }
        // What Google calls an API that was never switched on in the project of the caller.
        if (body.contains("SERVICE_DISABLED") || body.contains("accessNotConfigured")) {
            return "the Sheets or the Drive API is not switched on in the project"
                    + (access.project().isEmpty() ? "" : " " + access.project()) + " of " + access.who();
        }
        if (body.contains("insufficient authentication scopes") || body.contains("ACCESS_TOKEN_SCOPE_INSUFFICIENT")) {
            return "the token of " + access.who() + " may not read spreadsheets and Drive's metadata";
        }
        return "the spreadsheet is not shared with " + access.who();
    }

    private static Duration seconds(@Nullable String header) {
        return header != null && header.matches("\\d{1,6}")
                ? Duration.ofSeconds(Long.parseLong(header))
                : Duration.ZERO;
    }
}
