/**
 * Errands to one place outside: {@link com.listingsync.sink.lane.Lane} runs them one after another on a thread of its own,
 * repeats those that may yet go well, and waits while the place is down or asks for time. A place in trouble so holds up
 * nothing but its own lane.
 *
 * <p>What is sent and what an answer means belongs to whoever makes the errands.
 */
@NullMarked
package com.listingsync.sink.lane;

import org.jspecify.annotations.NullMarked;
