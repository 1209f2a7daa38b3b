/**
 * Dead letters as an operator meets them: {@link com.listingsync.console.deadletter.DeadLetters} finds, counts and shows them, {@link
 * com.listingsync.console.deadletter.Redrive} replays and discards them, {@link com.listingsync.console.deadletter.Causes} says
 * what a code means and what usually fixes it.
 *
 * <p><b>State is what the log says.</b> A letter is never changed. Its state is derived from {@code dead-letters.fates}, where a person's
 * decisions and the services' reports stand, each written in the transaction of what it tells; from the marks of later letters; and
 * from later letters of the same key. So nothing has to be kept in step: a replayed record that was delivered leaves the open list by
 * itself, a source that heals its record closes the letter, and a crash in between loses or doubles nothing. The alternatives were
 * worse: a table of states is a second truth; offsets of a consumer group know no single letter; a rewritten letter has lost what it
 * was.
 *
 * <p><b>Memory is flat.</b> Letters are read one after the other, twice: once for the index (two numbers a letter, no records), once to
 * be shown. Nothing here prints, and nothing asks back. Records are immutable; each object that reads or writes is confined to the
 * thread that uses it.
 */
@NullMarked
package com.listingsync.console.deadletter;

import org.jspecify.annotations.NullMarked;
