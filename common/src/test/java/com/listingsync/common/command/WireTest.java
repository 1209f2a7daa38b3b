package com.listingsync.common.command;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import com.listingsync.common.command.ConnectionCard.FeedCard;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;

class WireTest {

    @Test
    void bringsACardBackFromItsBytes() {
        ConnectionCard card =
                new ConnectionCard("a", "acme", "mls", "idx", List.of(new FeedCard("property", "property")));

        assertThat(ConnectionCard.of(card.bytes())).isEqualTo(card);
        assertThat(new String(card.bytes(), StandardCharsets.UTF_8))
                .isEqualTo("{\"name\":\"a\",\"owner\":\"acme\",\"kind\":\"mls\",\"view\":\"idx\","
                        + "\"feeds\":[{\"name\":\"property\",\"entity\":\"property\"}]}");
    }

    @Test
    void takesACommandWithoutFeedsAndKeys() {
        SyncCommand command = SyncCommand.of(bytes("{\"run\":\"r1\",\"connection\":\"a\",\"requestedBy\":\"me\"}"));

        assertThat(command).isEqualTo(new SyncCommand("r1", "a", List.of(), List.of(), false, "me"));
    }

    @Test
    void writesThePageSizeOnlyWhereOneIsNamedAndTakesWhatItDoesNotKnow() {
        SyncCommand usual = new SyncCommand("r1", "a", List.of(), List.of(), false, "me");
        SyncCommand paged = new SyncCommand("r1", "a", List.of(), List.of(), false, SyncCommand.Sweep.NONE, 50, "me");

        assertThat(new String(usual.bytes(), StandardCharsets.UTF_8)).doesNotContain("pageSize");
        assertThat(SyncCommand.of(paged.bytes())).isEqualTo(paged);
        assertThat(SyncCommand.of(
                        bytes("{\"run\":\"r1\",\"connection\":\"a\",\"requestedBy\":\"me\",\"laterField\":{\"a\":1}}")))
                .isEqualTo(usual);
        assertThatIllegalArgumentException()
                .isThrownBy(
                        () -> new SyncCommand("r1", "a", List.of(), List.of(), false, SyncCommand.Sweep.NONE, 0, "me"));
    }

    @Test
    void refusesWhatIsNoCommand() {
        assertThatIllegalArgumentException().isThrownBy(() -> SyncCommand.of(bytes("{\"run\":\"r1\"}")));
        assertThatIllegalArgumentException().isThrownBy(() -> SyncCommand.of(bytes("sync!")));
        assertThatIllegalArgumentException().isThrownBy(() -> ConnectionCard.of(bytes("{}")));
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
