package com.listingsync.sink.deliver;

import com.listingsync.sink.batch.Batch;
import com.listingsync.sink.batch.Row;
import java.io.IOException;
import okhttp3.MediaType;
import okhttp3.RequestBody;
import okio.BufferedSink;

/** The rows of a batch as a UTF-8 JSON array, byte for byte as they came and copied nowhere but to the connection. Immutable. */
final class BatchBody extends RequestBody {

    private static final MediaType JSON = MediaType.get("application/json");

    private final Batch batch;

    BatchBody(Batch batch) {
        this.batch = batch;
    }

    @Override
    public MediaType contentType() {
        return JSON;
    }

    @Override
    public long contentLength() {
        return batch.bytes();
    }

    @Override
    public void writeTo(BufferedSink sink) throws IOException {
        char separator = '[';
        for (Row row : batch.rows()) {
            sink.writeByte(separator).write(row.json());
            separator = ',';
        }
        sink.writeByte(']');
    }
}
