package com.listingsync.console.deadletter;

/** The codes with which PostgreSQL (SQLSTATE) and PostgREST refuse a row, as docs/verdicts.md lists them. Pure. */
final class DatabaseCauses {

    private static final String AT_THE_SOURCE =
            "Correct the value at the source, whose next version closes the letter; or change the column's type in a migration and"
                    + " in the mapping, and replay; or replay it with a --patch.";

    private DatabaseCauses() {}

    static void all(Causes.Lines to) {
        values(to);
        constraints(to);
        others(to);
    }

    private static void values(Causes.Lines to) {
        db(
                to,
                "22P02",
                "A value can't be read as the column's type: a text where a number, boolean, date or uuid should be.",
                AT_THE_SOURCE);
        db(
                to,
                "22P05",
                "A text holds a character that the database can't store, usually NUL (\\u0000).",
                "Remove the character at the source, or replay with a --patch that does.");
        db(
                to,
                "22001",
                "A text is longer than its column takes.",
                "Widen the column in a migration and replay, or shorten the text at the source.");
        db(
                to,
                "22003",
                "A number is larger or smaller than its column takes.",
                "Widen the column (numeric(14,2), bigint) in a migration and replay, or correct the number at the source.");
        db(to, "22007", "A text is no date or timestamp that the database can read.", AT_THE_SOURCE);
        db(to, "22008", "A date or time is out of range, such as 31 February or the year 20024.", AT_THE_SOURCE);
        family(
                to,
                "22.*",
                "22xxx",
                "The database does not take a value of the row (SQLSTATE class 22, data exception).",
                AT_THE_SOURCE);
    }

    private static void constraints(Causes.Lines to) {
        db(
                to,
                "23502",
                "A column that must not be null gets none.",
                "Fill the field at the source, give the column a default in the mapping, or drop the not-null constraint; then replay.");
        db(
                to,
                "23503",
                "The row refers to a parent row that is not in its table, and was not there on a second look either.",
                "See whether the parent is a dead letter itself: replay that first, then this one.");
        db(
                to,
                "23505",
                "Another row already has this value in a column that must be unique.",
                "Find the other row (the message names the constraint). Remove the duplicate at the source or the constraint, then replay.");
        db(
                to,
                "23514",
                "A check constraint of the table says no.",
                "Read the constraint that the message names. Correct the value at the source, or the constraint, and replay.");
        db(
                to,
                "23P01",
                "An exclusion constraint says no: the row overlaps another one.",
                "Correct one of the two rows, or drop the constraint, and replay.");
        family(
                to,
                "23.*",
                "23xxx",
                "A constraint of the table says no (SQLSTATE class 23, integrity constraint violation).",
                "Correct the row at the source, or the constraint, and replay.");
        db(
                to,
                "44000",
                "The row does not meet the check option of the view that the mapping writes to.",
                "Write to the table instead, or correct the view, and replay.");
        db(
                to,
                "21000",
                "The same row stood twice in one request.",
                "The sink never sends such requests: somebody's trigger or rule does. Look there, then replay.");
        family(
                to,
                "44.*",
                "44xxx",
                "A view does not take the row (SQLSTATE class 44).",
                "Write to the table instead, or correct the view, and replay.");
    }

    private static void others(Causes.Lines to) {
        db(
                to,
                "PGRST102",
                "PostgREST can't read the row: it holds a lone surrogate or a byte that is not UTF-8.",
                "Remove the character at the source, or replay with a --patch that replaces the text.");
        db(
                to,
                "P0001",
                "A trigger or function of your own raised an exception; its words are not passed on, since they may hold values.",
                "Look at the table's triggers. Correct the row or the trigger, and replay.");
        db(
                to,
                "38000",
                "A function or trigger failed on the row.",
                "Look at the table's triggers. Correct the row or the trigger, and replay.");
        db(
                to,
                "54000",
                "A value is too large for the database, usually for an index on its column.",
                "Index a hash or a prefix of the column instead, and replay.");
        family(
                to,
                "54.*",
                "54xxx",
                "A value or the row is beyond a limit of the database (SQLSTATE class 54).",
                "Make it smaller, or take it out of the mapping, and replay.");
        family(
                to,
                "P0.*|09.*|2[07F].*|38.*|39.*",
                "P0xxx, 09xxx, 20xxx, 27xxx, 2Fxxx, 38xxx, 39xxx",
                "A trigger, rule or function of the database refused the row.",
                "Look at the table's triggers and functions. Correct the row or them, and replay.");
    }

    private static void db(Causes.Lines to, String code, String meaning, String fix) {
        to.line("sink", code, code, meaning, fix);
    }

    private static void family(Causes.Lines to, String pattern, String shown, String meaning, String fix) {
        to.line("sink", pattern, shown, meaning, fix);
    }
}
