package com.listingsync.producer.connection;

import java.util.function.Function;

/** What kind of upstream a connection reads. */
public sealed interface Source permits MlsAccount, Spreadsheet {

    /** Calls the function made for this case. */
    <T> T fold(Function<MlsAccount, T> mls, Function<Spreadsheet, T> spreadsheet);
}
