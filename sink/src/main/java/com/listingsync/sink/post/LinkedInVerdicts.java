package com.listingsync.sink.post;

import static com.listingsync.sink.post.VerdictRows.away;
import static com.listingsync.sink.post.VerdictRows.busy;
import static com.listingsync.sink.post.VerdictRows.refused;
import static com.listingsync.sink.post.VerdictRows.status;
import static com.listingsync.sink.post.VerdictRows.when;

import com.listingsync.sink.post.PlatformVerdict.Deleted;
import com.listingsync.sink.post.PlatformVerdict.Fault;
import com.listingsync.sink.post.PlatformVerdict.Gone;
import java.util.List;

/**
 * What every answer of LinkedIn's Posts API to a deletion means. The HTTP status decides; service error codes only name it
 * more closely. Pure.
 *
 * <p>Sources: LinkedIn's references of the Posts API (a deletion answers 204, and again 204 when the post was deleted before),
 * of error handling, of rate limits and of versioning.
 */
final class LinkedInVerdicts {

    private static final VerdictRows DELETION = new VerdictRows(List.of(
            when(status(204), answer -> new Deleted()),
            when(status(200).and(answer -> answer.json()), answer -> new Deleted()),
            when(PlatformAnswer::ok, away("the answer is not LinkedIn's; check the account's url")),
            when(status(404, 410).and(PlatformAnswer::json), answer -> new Gone()),
            when(
                    status(401),
                    refused(Fault.ACCOUNT, "the token is not accepted; put a valid one into connections.yaml")),
            when(
                    status(403),
                    refused(
                            Fault.ACCOUNT,
                            "the token may not delete posts of this account; it needs w_organization_social or"
                                    + " w_member_social")),
            when(status(426), refused(Fault.ACCOUNT, "the API version is no longer served; set a newer one")),
            when(status(429), busy("LinkedIn limits our rate; daily limits end at midnight UTC")),
            when(status(408, 425), away("LinkedIn gave up waiting")),
            when(answer -> answer.status() >= 500, away("LinkedIn is not available")),
            when(
                    answer -> !answer.json(),
                    refused(Fault.ACCOUNT, "the answer is not LinkedIn's; check the account's url")),
            when(status(400, 405, 422), refused(Fault.POST, "LinkedIn does not take the post's id")),
            when(answer -> true, refused(Fault.POST, "LinkedIn refuses to delete the post"))));

    private LinkedInVerdicts() {}

    /** The verdict on an answer to a deletion. */
    static PlatformVerdict of(PlatformAnswer answer) {
        return DELETION.of(answer);
    }
}
