/**
 * Which of the documented alerts hold now. The rules are Prometheus' own, {@code docker/monitoring/alerts.yml}, and the words to each
 * are {@code docs/alerts.md}: both are in the build, so that the dashboard and Prometheus can't say two things. Entry type: {@link
 * com.listingsync.console.alert.AlertWatch}, told by the thread that looks at the pipeline; the language of the rules ({@link
 * com.listingsync.console.alert.Expression}) is the part of PromQL that they use. No reading of meters here: {@code live} does that.
 */
@NullMarked
package com.listingsync.console.alert;

import org.jspecify.annotations.NullMarked;
