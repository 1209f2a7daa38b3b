package com.listingsync.embedded.world;

/** What an MLS shows to whom: the same endpoint answers differently to an IDX and to a VOW account (facts.md §1). */
public enum Feed {
    /** Listings that may be advertised publicly; they leave without a word when they are sold or withdrawn. */
    IDX,
    /** Everything IDX has and sold, terminated and expired listings, with fields such as ClosePrice. */
    VOW
}
