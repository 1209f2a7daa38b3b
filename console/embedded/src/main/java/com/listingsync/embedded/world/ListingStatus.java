package com.listingsync.embedded.world;

/** Where a listing stands, in the three vocabularies an MLS uses side by side. */
enum ListingStatus {
    NEW("Active", "New", "Available"),
    PRICE_CHANGE("Active", "Price Change", "Available"),
    EXTENSION("Active", "Extension", "Available"),
    SOLD_CONDITIONAL("Active Under Contract", "Sold Conditional", "Available"),
    SOLD("Closed", "Sold", "Unavailable"),
    LEASED("Closed", "Leased", "Unavailable"),
    TERMINATED("Canceled", "Terminated", "Unavailable"),
    SUSPENDED("Hold", "Suspended", "Unavailable"),
    EXPIRED("Expired", "Expired", "Unavailable"),
    DELETED("Delete", "Deleted", "Unavailable");

    /** Data Dictionary. */
    final String standard;
    /** The board's own. */
    final String mls;
    /** AMPRE's. */
    final String contract;

    ListingStatus(String standard, String mls, String contract) {
        this.standard = standard;
        this.mls = mls;
        this.contract = contract;
    }

    boolean closed() {
        return this == SOLD || this == LEASED;
    }

    boolean onMarket() {
        return contract.equals("Available");
    }
}
