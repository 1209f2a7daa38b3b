package com.listingsync.embedded.postgrest;

import com.zaxxer.hikari.SQLExceptionOverride;
import java.sql.SQLException;

/**
 * Tells the pool to keep a connection that only reported an error: a function may raise any SQLSTATE, also one that otherwise means a lost
 * connection. Stateless.
 */
final class ServerErrors implements SQLExceptionOverride {
    @java.lang.Override // Override alone is the type that Hikari names so.
    public Override adjudicate(SQLException e) {
        return SqlStates.connectionLives(e) ? Override.DO_NOT_EVICT : Override.CONTINUE_EVICT;
    }
}
