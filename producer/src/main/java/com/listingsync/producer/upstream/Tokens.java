package com.listingsync.producer.upstream;

import com.listingsync.common.setting.Secret;

/** Where the bearer token of a connection comes from. Thread-safe. */
interface Tokens {

    /**
     * A token to use now.
     *
     * @throws UpstreamException when none can be had
     */
    Secret current();

    /**
     * Notes that the server no longer accepts a token.
     *
     * @return whether {@link #current()} will now answer with another one
     */
    boolean renewAfter(Secret refused);
}
