package com.listingsync.sink.post;

import java.util.Objects;
import java.util.Optional;
import java.util.function.Function;

/** What became of a post. */
sealed interface PostEnd {

    /** Calls the function made for this case. */
    <T> T fold(Function<TakenDown, T> takenDown, Function<LeftUp, T> leftUp, Function<Failed, T> failed);

    /**
     * It is not at its platform any more; its row says so.
     *
     * @param wasGone whether it was gone before we asked
     */
    record TakenDown(boolean wasGone) implements PostEnd {
        @Override
        public <T> T fold(
                Function<TakenDown, T> onTakenDown, Function<LeftUp, T> onLeftUp, Function<Failed, T> onFailed) {
            return onTakenDown.apply(this);
        }
    }

    /**
     * It is none of this change's business; its row stays as it is.
     *
     * @param why for the log
     */
    record LeftUp(String why) implements PostEnd {
        @Override
        public <T> T fold(
                Function<TakenDown, T> onTakenDown, Function<LeftUp, T> onLeftUp, Function<Failed, T> onFailed) {
            return onLeftUp.apply(this);
        }
    }

    /**
     * It could not be taken down; its row says why, and the change becomes a dead letter.
     *
     * @param code short and stable
     * @param words why, for people; no secret
     * @param httpStatus status of the last answer; empty when there was none
     * @param attempts how often it was tried, at least 1
     */
    record Failed(String code, String words, Optional<Integer> httpStatus, int attempts) implements PostEnd {

        public Failed {
            Objects.requireNonNull(words, "words");
            Objects.requireNonNull(httpStatus, "httpStatus");
        }

        @Override
        public <T> T fold(
                Function<TakenDown, T> onTakenDown, Function<LeftUp, T> onLeftUp, Function<Failed, T> onFailed) {
            return onFailed.apply(this);
        }
    }
}
