package com.listingsync.console.trace;

/**
 * Why a key is as it is.
 *
 * @param state stable word: {@code in-step}, {@code deleted}, {@code parked}, {@code refused}, {@code processor-behind},
 *     {@code left-aside}, {@code sink-behind}, {@code missing}, {@code older}, {@code newer}, {@code not-read}, {@code no-row},
 *     {@code unknown-key} or {@code unchecked}
 * @param words the same in words, with what to do when there is something
 */
public record TraceVerdict(String state, String words) {

    /** Whether Supabase holds what the sources say, as far as is known. */
    public boolean good() {
        return state.equals("in-step") || state.equals("deleted");
    }
}
