/**
 * Settings: records whose components carry {@link com.listingsync.common.setting.Env}, read from a map of environment
 * variables by {@link com.listingsync.common.setting.EnvRecords}.
 *
 * <p>Only the console's main reads the real environment; everything else is given the map or the record. A setting's name,
 * type, default and sentence are declared once, on its component; parsing, documentation and samples come from there.
 */
@NullMarked
package com.listingsync.common.setting;

import org.jspecify.annotations.NullMarked;
