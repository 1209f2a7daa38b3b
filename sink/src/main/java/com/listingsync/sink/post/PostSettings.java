package com.listingsync.sink.post;

import com.listingsync.common.setting.Env;
import java.time.Duration;

/**
 * How hard platforms are asked to delete posts.
 *
 * @param perSecond most deletions begun in a second at each platform
 * @param retryDelay wait before the second try; doubles with each, up to 15 minutes
 * @param giveUpAfter how long a post is tried before it counts as failed
 * @param requestTimeout longest wait for a platform's answer
 * @param breakerThreshold failures in a row before a platform counts as down
 * @param breakerTimeout time between two probes while it is down
 */
public record PostSettings(
        @Env(
                name = "SYNC_UNPUBLISH_RATE",
                fallback = "2",
                doc = "Most deletions of posts begun per second, at each platform; 1 to 100.")
        int perSecond,

        @Env(
                name = "SYNC_UNPUBLISH_RETRY_DELAY",
                fallback = "5s",
                doc =
                        "Wait before a post is tried a second time; it doubles with each further try, up to 15 minutes, and is"
                                + " spread at random.")
        Duration retryDelay,

        @Env(
                name = "SYNC_UNPUBLISH_GIVE_UP",
                fallback = "24h",
                doc = "How long a post is tried before it is marked unpublish_failed and its change dead-lettered.")
        Duration giveUpAfter,

        @Env(name = "SYNC_UNPUBLISH_TIMEOUT", fallback = "30s", doc = "Longest wait for a platform's answer.")
        Duration requestTimeout,

        @Env(
                name = "SYNC_UNPUBLISH_BREAKER_THRESHOLD",
                fallback = "5",
                doc = "Failures of a platform in a row after which it is only probed now and then.")
        int breakerThreshold,

        @Env(
                name = "SYNC_UNPUBLISH_BREAKER_TIMEOUT",
                fallback = "1m",
                doc = "Time from one probe of a platform that is down to the next.")
        Duration breakerTimeout) {

    public PostSettings {
        check(perSecond >= 1 && perSecond <= 100, "SYNC_UNPUBLISH_RATE: expected 1 to 100");
        check(retryDelay.toMillis() >= 1, "SYNC_UNPUBLISH_RETRY_DELAY: expected at least 1ms");
        check(giveUpAfter.toMillis() >= 1, "SYNC_UNPUBLISH_GIVE_UP: expected at least 1ms");
        check(requestTimeout.toMillis() >= 1, "SYNC_UNPUBLISH_TIMEOUT: expected at least 1ms");
        check(breakerThreshold >= 1, "SYNC_UNPUBLISH_BREAKER_THRESHOLD: expected at least 1");
        check(breakerTimeout.toMillis() >= 1, "SYNC_UNPUBLISH_BREAKER_TIMEOUT: expected at least 1ms");
    }

    private static void check(boolean holds, String problem) {
        if (!holds) {
            throw new IllegalArgumentException(problem);
        }
    }
}
