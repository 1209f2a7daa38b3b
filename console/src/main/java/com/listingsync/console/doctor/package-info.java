/**
 * What is wrong with a deployment, looked at from outside: {@link com.listingsync.console.doctor.Doctor} makes every {@link
 * com.listingsync.console.doctor.Check} and collects {@link com.listingsync.console.doctor.Finding findings}, each green or red
 * with what mends it. Nothing is written but by a repair that was asked for; no finding holds a secret.
 */
@NullMarked
package com.listingsync.console.doctor;

import org.jspecify.annotations.NullMarked;
