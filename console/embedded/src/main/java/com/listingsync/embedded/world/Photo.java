package com.listingsync.embedded.world;

/**
 * A row of the Media resource: one size of one picture.
 *
 * @param picture number of the picture at its owner, the same for all its sizes
 * @param order place in the gallery, from 0
 * @param revision grows when the picture is replaced, and its address with it
 */
record Photo(
        String key,
        Owner owner,
        String ownerKey,
        int picture,
        Size size,
        int order,
        int revision,
        boolean deleted,
        long modifiedMicros)
        implements Row {

    enum Owner {
        PROPERTY("Property"),
        MEMBER("Member"),
        OFFICE("Office");

        final String resourceName;

        Owner(String resourceName) {
            this.resourceName = resourceName;
        }
    }

    /** AMPRE has one row for each size of a photo (facts.md §1). */
    enum Size {
        LARGEST("Largest", 1900, 1267, "Public"),
        MEDIUM("Medium", 640, 427, "Public"),
        THUMBNAIL("Thumbnail", 240, 160, "Public"),
        /** Must not be shown to the public. */
        UNMARKED("LargestNoWatermark", 1900, 1267, "Private");

        final String description;
        final int width;
        final int height;
        final String permission;

        Size(String description, int width, int height, String permission) {
            this.description = description;
            this.width = width;
            this.height = height;
            this.permission = permission;
        }
    }

    @Override
    public Resource resource() {
        return Resource.MEDIA;
    }

    Photo moved(int newOrder, long at) {
        return new Photo(key, owner, ownerKey, picture, size, newOrder, revision, deleted, at);
    }

    Photo replaced(long at) {
        return new Photo(key, owner, ownerKey, picture, size, order, revision + 1, deleted, at);
    }

    Photo asDeleted(long at) {
        return new Photo(key, owner, ownerKey, picture, size, order, revision, true, at);
    }
}
