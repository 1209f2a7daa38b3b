package com.listingsync.embedded.postgrest;

import java.sql.SQLException;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.postgresql.util.PSQLException;
import org.postgresql.util.ServerErrorMessage;

/**
 * The table from SQLSTATE to HTTP status, and PostgreSQL's refusals in PostgREST's form. Stateless.
 *
 * <p>Source: "Status Codes" in PostgREST's reference on errors, and postgrest-wire.md sections C to H.
 */
final class SqlStates {
    /** Serialization failure and deadlock: PostgREST runs the transaction again, without limit (postgrest-wire.md case 92). */
    private static final Set<String> RUN_AGAIN = Set.of("40001", "40P01");

    private SqlStates() {}

    static boolean runAgain(SQLException e) {
        return connectionLives(e) && e.getSQLState() != null && RUN_AGAIN.contains(e.getSQLState());
    }

    /** Whether the server refused a statement over a connection that goes on. */
    static boolean connectionLives(SQLException e) {
        ServerErrorMessage server = serverMessage(e);
        return server != null && !isFatal(server);
    }

    /** The refusal to answer with; a lost connection is PGRST001. */
    static RestException toRefusal(SQLException e, boolean anonymous) {
        ServerErrorMessage server = serverMessage(e);
        if (server == null || isFatal(server)) {
            return Refusals.databaseGone();
        }
        String code = textOf(server.getSQLState());
        String message = textOf(server.getMessage());
        int status = status(code, message, anonymous);
        return RestError.of(status, code, message)
                .withDetails(server.getDetail())
                .withHint(server.getHint())
                .withChallenge(status == 401 ? "Bearer" : null)
                .toException();
    }

    /**
     * The HTTP status of a SQLSTATE.
     *
     * @param anonymous whether the request ran as the anonymous role: a lacking right is then 401, not 403
     */
    static int status(String code, String message, boolean anonymous) {
        return switch (code) {
            case "23503", "23505" -> 409;
            case "25006" -> 405;
            case "21000" -> message.endsWith("requires a WHERE clause") ? 400 : 500;
            case "22023" -> message.startsWith("role") && message.endsWith("does not exist") ? 401 : 400;
            case "53400", "42P17" -> 500;
            case "57P01" -> 503;
            case "P0001" -> 400;
            case "42883", "42P01" -> 404;
            case "42501" -> anonymous ? 401 : 403;
            default -> code.startsWith("PT") ? statusRaisedByFunction(code) : statusOfClass(code);
        };
    }

    private static int statusOfClass(String code) {
        return switch (code.length() < 2 ? "" : code.substring(0, 2)) {
            case "08", "53" -> 503;
            case "0L", "0P", "28" -> 403;
            case "09", "25", "2D", "38", "39", "3B", "40", "54", "55", "57", "58", "F0", "HV", "P0", "XX" -> 500;
            default -> 400;
        };
    }

    /** {@code raise sqlstate 'PT402'} asks for status 402. */
    private static int statusRaisedByFunction(String code) {
        return code.matches("PT[2-5]\\d\\d") ? Integer.parseInt(code.substring(2)) : 500;
    }

    /** The session ended with this message: shutdown, crash, or terminated by an administrator. */
    private static boolean isFatal(ServerErrorMessage server) {
        String severity = textOf(server.getSeverity());
        return severity.equals("FATAL") || severity.equals("PANIC");
    }

    private static @Nullable ServerErrorMessage serverMessage(SQLException e) {
        return e instanceof PSQLException refused ? refused.getServerErrorMessage() : null;
    }

    private static String textOf(@Nullable String text) {
        return text == null ? "" : text;
    }
}
