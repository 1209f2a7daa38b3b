package com.listingsync.sink.notify;

import static org.assertj.core.api.Assertions.assertThat;

import com.listingsync.common.wire.Json;
import java.time.Instant;
import org.junit.jupiter.api.Test;

class NoticeTest {

    @Test
    void keepsItsSubjectOnOneLine() {
        Notice notice = new Notice(
                "msg_1",
                Notice.STATUS_CHANGED,
                Instant.EPOCH,
                Json.MAPPER.createObjectNode(),
                "12 Elm Street\r\nBcc: everybody@example.com is sold",
                "text");

        assertThat(notice.subject()).isEqualTo("12 Elm Street Bcc: everybody@example.com is sold");
    }
}
