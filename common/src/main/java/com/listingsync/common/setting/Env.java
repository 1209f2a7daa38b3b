package com.listingsync.common.setting;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/** Declares that a record component is read from an environment variable. */
@Retention(RetentionPolicy.RUNTIME)
@Target(ElementType.RECORD_COMPONENT)
public @interface Env {

    /** Marks a setting without a default: leaving it out is a problem. */
    String REQUIRED = "\0required";

    /** The variable's name. */
    String name();

    /** The value, in its text form, when the variable is not set or empty; {@link #REQUIRED} when it must be set. */
    String fallback() default REQUIRED;

    /** Of a secret: whether the variable of the same name with {@code _FILE} is a setting of its own, which its record reads. */
    boolean ownFile() default false;

    /** One sentence for the settings page: what it does, its unit and its range. */
    String doc();
}
