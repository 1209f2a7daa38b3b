package com.listingsync.producer.connection;

import com.listingsync.common.setting.Secret;
import java.util.function.Function;
import java.util.function.Supplier;

/** Who reads a spreadsheet. */
public sealed interface SheetCredentials {

    /** Calls the function made for this case. */
    <T> T fold(Function<ServiceAccount, T> serviceAccount, Function<AccessToken, T> accessToken, Supplier<T> anonymous);

    /**
     * A Google service account that the spreadsheet is shared with.
     *
     * @param key its key file
     */
    record ServiceAccount(ServiceAccountKey key) implements SheetCredentials {
        @Override
        public <T> T fold(Function<ServiceAccount, T> onAccount, Function<AccessToken, T> onToken, Supplier<T> onNone) {
            return onAccount.apply(this);
        }
    }

    /**
     * A bearer token as it is, for a stand-in or a proxy that adds the real credentials.
     *
     * @param token the token
     */
    record AccessToken(Secret token) implements SheetCredentials {
        @Override
        public <T> T fold(Function<ServiceAccount, T> onAccount, Function<AccessToken, T> onToken, Supplier<T> onNone) {
            return onToken.apply(this);
        }
    }

    /** Nobody; only with addresses other than Google's. */
    record Anonymous() implements SheetCredentials {
        @Override
        public <T> T fold(Function<ServiceAccount, T> onAccount, Function<AccessToken, T> onToken, Supplier<T> onNone) {
            return onNone.get();
        }
    }
}
