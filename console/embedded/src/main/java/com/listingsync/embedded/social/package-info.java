/**
 * Sample social media platforms: the part of Facebook's and Instagram's Graph API and of LinkedIn's Posts API that deletes and
 * looks up posts, with their own error bodies. Start at {@link com.listingsync.embedded.social.SampleSocial}.
 *
 * <p>Thread-safe. Which posts there are is for whoever starts it to say.
 */
@NullMarked
package com.listingsync.embedded.social;

import org.jspecify.annotations.NullMarked;
