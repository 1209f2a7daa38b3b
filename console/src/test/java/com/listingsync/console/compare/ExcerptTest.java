package com.listingsync.console.compare;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.DecimalNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import com.fasterxml.jackson.databind.node.TextNode;
import java.math.BigDecimal;
import org.junit.jupiter.api.Test;

class ExcerptTest {

    @Test
    void shortValuesAreShownWhole() {
        assertThat(Excerpt.of(new TextNode(" Oslo"), MissingNode.getInstance()))
                .isEqualTo(new Excerpt("\" Oslo\"", "null"));
    }

    @Test
    void numbersHaveNoExponent() {
        JsonNode million = DecimalNode.valueOf(new BigDecimal("1.2E+6"));

        assertThat(Excerpt.of(million, DecimalNode.valueOf(new BigDecimal("0.50"))))
                .isEqualTo(new Excerpt("1200000", "0.50"));
    }

    @Test
    void longValuesAreShownAroundTheirFirstDifference() {
        String same = "a".repeat(1_000);

        Excerpt excerpt = Excerpt.of(new TextNode(same + "OLD" + same), new TextNode(same + "NEW"));

        assertThat(excerpt.older())
                .startsWith("…aaa")
                .contains("OLD")
                .endsWith("…")
                .hasSize(Excerpt.LONGEST + 2);
        assertThat(excerpt.newer()).startsWith("…aaa").endsWith("NEW\"");
    }

    @Test
    void noCharacterIsCutInTwo() {
        String houses = "\ud83c\udfe0".repeat(300);

        Excerpt excerpt = Excerpt.of(new TextNode(houses + "x"), new TextNode(houses));

        assertThat(excerpt.older().codePoints()).noneMatch(point -> point >= 0xd800 && point <= 0xdfff);
        assertThat(excerpt.older()).contains("x");
    }
}
