package com.listingsync.embedded.world;

import java.util.List;

/** How each change of the spreadsheet changes the state. Confined to whoever holds the world's lock. */
final class SheetEdits {
    private final WorldState state;

    SheetEdits(WorldState state) {
        this.state = state;
    }

    void apply(Change change) {
        List<String> with = change.with();
        SheetTab sheet = state.sheet;
        long second = change.second();
        switch (change.verb()) {
            case SHEET_EDIT ->
                sheet.edit(with.get(0), Integer.parseInt(with.get(1)), CellText.read(with.get(2)), second);
            case SHEET_RENAME_COLUMN -> sheet.renameColumn(Integer.parseInt(with.get(0)), with.get(1), second);
            case SHEET_ADD -> {
                state.nextSheetRow++;
                sheet.append(row(with), second);
            }
            case SHEET_INSERT -> {
                state.nextSheetRow++;
                sheet.insert(sheet.place(with.get(0)), row(with.subList(1, with.size())), second);
            }
            case SHEET_REMOVE -> sheet.remove(with.get(0), second);
            case SHEET_MOVE -> sheet.move(with.get(0), with.get(1), second);
            case SHEET_CLEAR -> sheet.clear(second);
            default -> throw new IllegalStateException(change.verb() + " does not change the sheet");
        }
    }

    private static SheetRow row(List<String> cells) {
        return new SheetRow(cells.stream().map(CellText::read).toList());
    }
}
