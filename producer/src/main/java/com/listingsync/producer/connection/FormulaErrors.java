package com.listingsync.producer.connection;

import java.util.Map;

/** What becomes of a row with a cell that shows a formula error, such as {@code #REF!}. */
public enum FormulaErrors {
    /** It is a dead letter, and the row as it was last read stays. */
    REFUSE,
    /** The cell counts as blank; not in the columns of property number and link, which decide where a row belongs. */
    BLANK;

    static Map<String, FormulaErrors> byName() {
        return Map.of("refuse", REFUSE, "blank", BLANK);
    }
}
