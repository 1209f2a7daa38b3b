package com.listingsync.processor.rule;

import com.listingsync.common.mapping.Statuses;
import java.util.Locale;

/** What a change of status calls for. */
public enum StatusAction {
    /** Nothing. */
    NONE,
    /** It was promised to somebody and can be had again. */
    RESTORED,
    /** It had left the market and is back. */
    RELISTED,
    /** It is sold or has left the market: posts about it are to be taken down. */
    UNPUBLISH;

    /** What the change from one word of the vocabulary to another calls for. */
    public static StatusAction of(String from, String to, Statuses statuses) {
        if (statuses.leftMarket(to)) {
            return UNPUBLISH;
        }
        if (statuses.onMarket().contains(to)) {
            if (statuses.leftMarket(from)) {
                return RELISTED;
            }
            if (statuses.underContract().contains(from)) {
                return RESTORED;
            }
        }
        return NONE;
    }

    /** The lower-case name used in events and tables. */
    public String wireName() {
        return name().toLowerCase(Locale.ROOT);
    }
}
