package com.listingsync.processor.topology;

import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

class StoredFormTest {

    @Test
    void takesTheFormThatThisReleaseReads() {
        assertThatCode(() -> StoredForm.require("a run", (byte) 2, (byte) 2)).doesNotThrowAnyException();
    }

    @Test
    void saysWhichWayToGoFromStateOfAnotherRelease() {
        assertThatThrownBy(() -> StoredForm.require("a run", (byte) 3, (byte) 2))
                .isInstanceOf(StoredForm.Foreign.class)
                .hasMessage(
                        "the state has a run of form 3 and this release reads form 2: a newer release has written it;"
                                + " go forward to that one (docs/upgrade.md)");
        assertThatThrownBy(() -> StoredForm.require("a run", (byte) 1, (byte) 2))
                .isInstanceOf(StoredForm.Foreign.class)
                .hasMessage(
                        "the state has a run of form 1 and this release reads form 2: an older release has written it;"
                                + " go by way of the one between (docs/upgrade.md)");
    }
}
