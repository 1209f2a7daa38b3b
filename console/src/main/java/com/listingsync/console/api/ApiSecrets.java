package com.listingsync.console.api;

import com.listingsync.common.setting.Env;
import com.listingsync.common.setting.Secret;

/**
 * What calls from outside prove themselves with.
 *
 * @param operatorKey an operator's key; empty for none
 * @param cron what a scheduler sends; empty for none
 * @param hook key of the signatures of an MLS's webhooks; empty for none
 * @param driveToken token of Drive's push channels; empty for none
 */
public record ApiSecrets(
        @Env(
                name = "SYNC_CONSOLE_KEY",
                fallback = "",
                doc = "An operator's API key given here instead of in a file; at least 32 characters.")
        Secret operatorKey,

        @Env(
                name = "CRON_SECRET",
                fallback = "",
                doc =
                        "What a scheduler sends as 'Authorization: Bearer' to POST /api/cron/sync-mls-status; empty turns that"
                                + " off.")
        Secret cron,

        @Env(
                name = "SYNC_HOOK_SECRET",
                fallback = "",
                doc =
                        "Key of the signatures of RESO webhooks (RCP-28) to /api/hooks/reso: whsec_ and 24 to 64 random bytes in"
                                + " Base64; empty turns them off.")
        Secret hook,

        @Env(
                name = "SYNC_HOOK_DRIVE_TOKEN",
                fallback = "",
                doc =
                        "Token of Google Drive's push channels to /api/hooks/drive, at least 32 characters; empty turns them"
                                + " off.")
        Secret driveToken) {

    private static final int SHORTEST_TOKEN = 32;

    public ApiSecrets {
        if (!hook.isEmpty() && HookProof.key(hook).isEmpty()) {
            throw new IllegalArgumentException(
                    "SYNC_HOOK_SECRET: expected 'whsec_' and 24 to 64 random bytes in Base64, such"
                            + " as: echo whsec_$(openssl rand -base64 32)");
        }
        if (!driveToken.isEmpty() && driveToken.reveal().length() < SHORTEST_TOKEN) {
            throw new IllegalArgumentException(
                    "SYNC_HOOK_DRIVE_TOKEN: expected at least " + SHORTEST_TOKEN + " characters");
        }
    }
}
