package com.listingsync.console.deadletter;

/** The causes of other writers' dead letters: the simple names of Java exceptions. Pure. */
final class ForeignCauses {

    private ForeignCauses() {}

    static void all(Causes.Lines to) {
        to.line(
                "",
                "(Record)?(Deserialization|Serialization)Exception|DataException|JsonParseException|SchemaParseException",
                "DeserializationException, DataException",
                "A converter or deserializer could not read the record: wrong format, wrong schema, or a truncated payload.",
                "Compare the record with what the reader expects ('dlq show'); correct the reader's converter or the record (--edit),"
                        + " then replay.");
        to.line(
                "",
                "(Retriable|Timeout|Connect|SocketTimeout|UnknownHost).*Exception",
                "RetriableException, TimeoutException",
                "The writer gave up on a system that was away or too slow; the record itself may be in order.",
                "When that system answers again, replay.");
        to.line(
                "",
                "ConnectException|RecordTooLargeException|InvalidRecordException",
                "ConnectException",
                "The connector refused the record; the message and the exception in the headers say why.",
                "Correct what the message names, then replay.");
        to.line(
                "",
                "NullPointerException|IllegalArgumentException|IllegalStateException|ClassCastException|RuntimeException",
                "RuntimeException",
                "The application's own code failed on the record; the exception in the headers says where.",
                "Correct the application or the record (--edit), then replay.");
        to.line(
                "",
                ".*",
                "unknown",
                "There is no explanation for this code; the message and the headers of the letter are all that is known.",
                "Look at the letter ('dlq show ID'). When its cause is gone, replay it.");
    }
}
