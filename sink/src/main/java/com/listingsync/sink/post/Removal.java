package com.listingsync.sink.post;

import com.listingsync.sink.change.StatusChange;
import com.listingsync.sink.deliver.TableAccess.AwayException;
import com.listingsync.sink.lane.Attempt;
import com.listingsync.sink.lane.Attempt.Trouble;
import com.listingsync.sink.lane.Errand;
import com.listingsync.sink.owner.PlatformAccount;
import com.listingsync.sink.post.PlatformVerdict.Fault;
import com.listingsync.sink.post.PlatformVerdict.Refused;
import java.time.Duration;
import java.util.Optional;

/**
 * One post on its way to being deleted. Deleting can't be undone, so a removal that had to wait first looks again whether the
 * listing is still off the market. Confined to its lane's thread.
 */
final class Removal implements Errand<PostEnd> {

    /** How old the knowledge of the listing's status may be when a post is deleted. */
    private static final Duration STALE = Duration.ofSeconds(10);

    private final StatusChange change;
    private final Post post;
    private final String owner;
    private final PlatformAccount account;
    private final PlatformClient client;
    private final Posts posts;
    private final AccountTroubles troubles;
    private long lookedNanos;

    Removal(
            StatusChange change,
            Post post,
            String owner,
            PlatformAccount account,
            PlatformClient client,
            Posts posts,
            AccountTroubles troubles) {
        this.change = change;
        this.post = post;
        this.owner = owner;
        this.account = account;
        this.client = client;
        this.posts = posts;
        this.troubles = troubles;
        this.lookedNanos = System.nanoTime();
    }

    @Override
    public Attempt<PostEnd> attempt(int number) {
        try {
            if (isOverruled()) {
                return new Attempt.Done<>(new PostEnd.LeftUp("the listing is on the market again"));
            }
        } catch (AwayException e) {
            // Nothing was sent: without knowing better, the post stays up until we know. The platform is not to blame.
            return new Attempt.Again<>(e.cause(), "Supabase: " + e.words(), e.pause(), Trouble.BUSY);
        }
        return client.delete(account, post.externalId())
                .fold(
                        deleted -> takenDown(false),
                        gone -> takenDown(true),
                        unclear -> {
                            throw new IllegalStateException("a look at a post leaves nothing unclear");
                        },
                        later -> new Attempt.Again<>(later.cause(), later.words(), later.pause(), later.trouble()),
                        refused -> refused(refused, number));
    }

    @Override
    public PostEnd givenUp(Attempt.Again<PostEnd> last, int attempts) {
        return new PostEnd.Failed(
                last.cause(), "tried for too long, and at last: " + last.words(), Optional.empty(), attempts);
    }

    private boolean isOverruled() throws AwayException {
        if (System.nanoTime() - lookedNanos < STALE.toNanos()) {
            return false;
        }
        boolean overruled = posts.isOverruled(change);
        lookedNanos = System.nanoTime();
        return overruled;
    }

    private Attempt<PostEnd> takenDown(boolean wasGone) {
        troubles.wentWell(owner, account.platform());
        return new Attempt.Done<>(new PostEnd.TakenDown(wasGone));
    }

    private Attempt<PostEnd> refused(Refused refused, int number) {
        if (refused.fault() == Fault.ACCOUNT) {
            troubles.refused(owner, account.platform(), refused.words());
        }
        return new Attempt.Done<>(new PostEnd.Failed(
                refused.cause(),
                refused.words(),
                refused.status() == 0 ? Optional.empty() : Optional.of(refused.status()),
                number));
    }
}
