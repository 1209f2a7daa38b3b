package com.listingsync.sink.post;

import static com.listingsync.sink.post.VerdictRows.away;
import static com.listingsync.sink.post.VerdictRows.busy;
import static com.listingsync.sink.post.VerdictRows.code;
import static com.listingsync.sink.post.VerdictRows.codeWithin;
import static com.listingsync.sink.post.VerdictRows.refused;
import static com.listingsync.sink.post.VerdictRows.status;
import static com.listingsync.sink.post.VerdictRows.when;

import com.listingsync.sink.post.PlatformVerdict.Deleted;
import com.listingsync.sink.post.PlatformVerdict.Fault;
import com.listingsync.sink.post.PlatformVerdict.Gone;
import com.listingsync.sink.post.PlatformVerdict.Unclear;
import java.util.List;

/**
 * What every answer of Meta's Graph API to a deletion means, of Facebook Page posts and of Instagram media alike. The body's
 * code decides before the HTTP status does: nearly every error is a 400. Pure.
 *
 * <p>Sources: Meta's "Handling Errors" and "Rate Limits" for the codes; its references of Page Post and IG Media; public code
 * for 100-33 and 803 being how a post that is gone answers.
 */
final class GraphVerdicts {

    /** Instagram's codes for its own failures, of its content publishing reference: -1 and subcodes 2207001 and above. */
    private static final int OWN_FAILURE = -1;

    private static final VerdictRows DELETION = new VerdictRows(List.of(
            when(answer -> answer.ok() && answer.success().orElse(false), answer -> new Deleted()),
            when(
                    answer -> answer.ok() && answer.success().isPresent(),
                    refused(
                            Fault.POST,
                            "the platform answers that it did not delete the post; stories can't be deleted")),
            when(PlatformAnswer::ok, away("the answer is not the Graph API's; check the account's url")),
            when(PlatformAnswer::temporary, away("the platform has trouble that it calls temporary")),
            when(code(1, 2, OWN_FAILURE), away("the platform has trouble of its own")),
            when(code(4, 17, 32, 341, 613), busy("the platform limits our rate")),
            when(codeWithin(80_000, 80_014), busy("the platform limits the rate of this account")),
            when(code(368), busy("the platform blocks the account for a while")),
            when(
                    code(102, 190),
                    refused(Fault.ACCOUNT, "the token is not accepted; put a valid one into connections.yaml")),
            when(code(3, 10), refused(Fault.ACCOUNT, permission())),
            when(codeWithin(200, 299), refused(Fault.ACCOUNT, permission())),
            // "Object does not exist, cannot be loaded due to missing permissions, or does not support this operation".
            when(code(100).and(answer -> answer.subcode().orElse(0) == 33), answer -> new Unclear()),
            when(code(803), answer -> new Unclear()),
            when(status(404, 410).and(PlatformAnswer::json), answer -> new Unclear()),
            when(code(100), refused(Fault.POST, "the platform does not take the post's id")),
            when(status(429), busy("the platform limits our rate")),
            when(status(408, 500, 502, 503, 504), away("the platform is not available")),
            when(answer -> answer.status() >= 500, away("the platform is not available")),
            when(status(401, 403), refused(Fault.ACCOUNT, permission())),
            when(
                    answer -> !answer.json(),
                    refused(Fault.ACCOUNT, "the answer is not the Graph API's; check the account's url")),
            when(answer -> true, refused(Fault.POST, "the platform refuses to delete the post"))));

    private static final VerdictRows LOOK = new VerdictRows(List.of(
            when(
                    answer -> answer.ok() && answer.json(),
                    refused(
                            Fault.ACCOUNT,
                            "the post is there and the token may read but not delete it; it needs pages_manage_posts"
                                    + " (Facebook) or instagram_manage_contents and Facebook Login (Instagram)")),
            when(code(100).and(answer -> answer.subcode().orElse(0) == 33), answer -> new Gone()),
            when(code(803), answer -> new Gone()),
            when(status(404, 410).and(PlatformAnswer::json), answer -> new Gone()),
            when(answer -> true, DELETION::of)));

    private GraphVerdicts() {}

    /** The verdict on an answer to a deletion. */
    static PlatformVerdict of(PlatformAnswer answer) {
        return DELETION.of(answer);
    }

    /** The verdict on an answer to a look at a post whose deletion was {@link Unclear}. */
    static PlatformVerdict ofLook(PlatformAnswer answer) {
        return LOOK.of(answer);
    }

    private static String permission() {
        return "the token may not delete posts of this account; it needs pages_manage_posts (Facebook) or"
                + " instagram_manage_contents (Instagram)";
    }
}
