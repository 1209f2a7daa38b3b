package com.listingsync.producer.connection;

import com.listingsync.common.setting.Secret;
import java.net.URI;
import java.util.Optional;
import java.util.function.Function;

/** How requests to an MLS are authorised. */
public sealed interface Auth {

    /** Calls the function made for this case. */
    <T> T fold(Function<Token, T> token, Function<ClientCredentials, T> clientCredentials);

    /**
     * A bearer token that the MLS gave out for good.
     *
     * @param token the token
     */
    record Token(Secret token) implements Auth {
        @Override
        public <T> T fold(Function<Token, T> onToken, Function<ClientCredentials, T> onClientCredentials) {
            return onToken.apply(this);
        }
    }

    /**
     * OAuth2 client credentials (RFC 6749 §4.4).
     *
     * @param tokenUrl where tokens are given out
     * @param clientId public name of the client
     * @param clientSecret its secret
     * @param scope what to ask for; empty leaves it to the server
     */
    record ClientCredentials(URI tokenUrl, String clientId, Secret clientSecret, Optional<String> scope)
            implements Auth {
        @Override
        public <T> T fold(Function<Token, T> onToken, Function<ClientCredentials, T> onClientCredentials) {
            return onClientCredentials.apply(this);
        }
    }
}
