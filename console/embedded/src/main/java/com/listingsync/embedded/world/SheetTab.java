package com.listingsync.embedded.world;

import java.util.ArrayList;
import java.util.List;

/**
 * The spreadsheet's first tab: a header and its rows, and the version that Drive counts. Confined to whoever holds the
 * world's lock.
 */
final class SheetTab {
    private final List<String> header;
    private final List<SheetRow> rows;
    private long version = 1;
    private long modifiedSecond;

    SheetTab(List<String> header, List<SheetRow> rows, long modifiedSecond) {
        this.header = new ArrayList<>(header);
        this.rows = new ArrayList<>(rows);
        this.modifiedSecond = modifiedSecond;
    }

    List<String> header() {
        return List.copyOf(header);
    }

    List<SheetRow> rows() {
        return List.copyOf(rows);
    }

    long version() {
        return version;
    }

    long modifiedSecond() {
        return modifiedSecond;
    }

    /** The first column of that name. */
    int column(String name) {
        int column = header.indexOf(name);
        if (column < 0) {
            throw new IllegalArgumentException("The sheet has no column " + name + "; it has " + header);
        }
        return column;
    }

    /** The place of a property below the header, from 0. */
    int place(String propertyNumber) {
        for (int i = 0; i < rows.size(); i++) {
            if (rows.get(i).propertyNumber().equals(propertyNumber)) {
                return i;
            }
        }
        throw new IllegalArgumentException("The sheet has no property " + propertyNumber);
    }

    void edit(String propertyNumber, int column, Cell cell, long second) {
        int place = place(propertyNumber);
        rows.set(place, rows.get(place).with(column, cell));
        touch(second);
    }

    void renameColumn(int column, String name, long second) {
        header.set(column, name);
        touch(second);
    }

    void append(SheetRow row, long second) {
        rows.add(row);
        touch(second);
    }

    void insert(int place, SheetRow row, long second) {
        rows.add(place, row);
        touch(second);
    }

    void remove(String propertyNumber, long second) {
        rows.remove(place(propertyNumber));
        touch(second);
    }

    void move(String propertyNumber, String above, long second) {
        SheetRow row = rows.remove(place(propertyNumber));
        rows.add(place(above), row);
        touch(second);
    }

    void clear(long second) {
        rows.clear();
        touch(second);
    }

    private void touch(long second) {
        version++;
        modifiedSecond = second;
    }
}
