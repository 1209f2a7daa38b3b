package com.listingsync.console.up;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.listingsync.common.wire.Json;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** No curl of a page goes unsent, and an answer that is not as the page shows it is found. */
class PageCallTest {

    @ParameterizedTest
    @MethodSource("pages")
    void findsEveryCurlOfAPage(Path page) throws IOException {
        long written = Files.readString(page)
                .lines()
                .filter(line -> line.matches("[\\s$]*curl .*"))
                .count();

        assertThat(PageCall.of(page)).hasSize((int) written);
    }

    @Test
    void takesAnswersAsThePageShowsThem() throws JsonProcessingException {
        ShownAnswer answers = new ShownAnswer();

        assertThat(answers.differences(
                        "{\"run\": \"20261122-143005-x7kq\", \"at\": …, \"feeds\": [\"a\", …], \"note\": \"since … s\", …}",
                        json("{'run':'20270101-000000-abcd','at':5,'feeds':['a','b'],'note':'since 7 s','more':1}")))
                .isEmpty();
        assertThat(answers.bound("/api/runs/20261122-143005-x7kq")).isEqualTo("/api/runs/20270101-000000-abcd");
    }

    @Test
    void saysWhereAnAnswerDiffers() throws JsonProcessingException {
        assertThat(new ShownAnswer()
                        .differences(
                                "{\"a\": 1, \"b\": \"x\", \"c\": [1], \"d\": true}",
                                json("{'a':2,'b':'y','c':[1,2],'e':0}")))
                .containsExactly(
                        "/a: the page has 1, the answer 2",
                        "/b: the page has 'x', the answer 'y'",
                        "/c: the page has 1 items, the answer 2",
                        "/d: is not answered",
                        "/e: is not on the page");
    }

    @Test
    void takesAnIdOfThePageForOneIdThroughout() throws JsonProcessingException {
        ShownAnswer answers = new ShownAnswer();
        List<String> first =
                answers.differences("{\"run\": \"20261122-143005-x7kq\"}", json("{'run':'20270101-000000-abcd'}"));

        assertThat(first).isEmpty();
        assertThat(answers.differences("{\"run\": \"20261122-143005-x7kq\"}", json("{'run':'20270101-000000-efgh'}")))
                .hasSize(1);
    }

    static Stream<Path> pages() throws IOException {
        try (Stream<Path> docs = Files.list(Path.of("..", "docs"))) {
            return Stream.concat(
                    docs.filter(file -> file.toString().endsWith(".md")), Stream.of(Path.of("../README.md")))
                    .toList()
                    .stream();
        }
    }

    private static JsonNode json(String text) throws JsonProcessingException {
        return Json.MAPPER.readTree(text.replace('\'', '"'));
    }
}
