/**
 * Replays: a part of the log is sent once more. {@link com.listingsync.console.replay.Replays} starts, pauses, resumes, stops and
 * lists them.
 *
 * <pre>
 *   rows      [rows] ─> the sink's own loop, in a group of the replay ─> this Supabase project, or another one
 *   source.*  [sync.reprocess] ─> the processor maps its part of the log again ─> [rows] ─> the sink
 * </pre>
 *
 * <p>What was asked for, what is wished of it, its counts and a sign of life are records on {@code sync.replays}; how far it has come is
 * in its group's offsets. Counts and offsets are one transaction. So any process can take up a replay whose own has died, where it
 * stood. Records are immutable; a running replay has threads of its own.
 */
@NullMarked
package com.listingsync.console.replay;

import org.jspecify.annotations.NullMarked;
