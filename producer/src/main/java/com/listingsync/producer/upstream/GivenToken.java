package com.listingsync.producer.upstream;

import com.listingsync.common.setting.Secret;

/** A token given out for good: there is no other to be had. Immutable. */
record GivenToken(Secret token) implements Tokens {

    @Override
    public Secret current() {
        return token;
    }

    @Override
    public boolean renewAfter(Secret refused) {
        return false;
    }
}
