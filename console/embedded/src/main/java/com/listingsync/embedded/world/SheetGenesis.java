package com.listingsync.embedded.world;

import java.math.BigDecimal;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;

/**
 * The spreadsheet of the first day, made as people make them: a header with an empty cell in between, a duplicate and a
 * non-Latin name, blank rows, rows that end early, dates, prices, checkboxes and a formula. Half of its rows name the
 * MLS listing they belong to.
 */
final class SheetGenesis {
    static final List<String> HEADER = List.of(
            "Property Number",
            "Status",
            "Address",
            "City",
            "Price",
            "Beds",
            "Baths",
            "MLS Number",
            "",
            "备注",
            "Listed On",
            "Last Contact",
            "Agent",
            "Notes",
            "Notes",
            "Featured",
            "Commission",
            "Commission Amount");
    private static final List<String> STATUSES = List.of("Active", "Active", "Active", "Pending", "Sold", "Draft");
    private static final List<String> NOTES =
            List.of("Call before 5", "Key in lockbox", "Owner abroad", "Staged", "Offers on Tuesday");
    private static final int PRICE = 4;
    private static final int COMMISSION = 16;

    private final long seed;
    private final LocalDate newestDay;

    SheetGenesis(long seed, LocalDate newestDay) {
        this.seed = seed;
        this.newestDay = newestDay;
    }

    /** Where property numbers begin; the first is AA13001 or so. */
    static String propertyNumber(int number) {
        return "A" + (char) ('A' + number / 40_000) + (13_000 + number * 2 + 1);
    }

    List<SheetRow> rows(int listings) {
        int count = Math.max(20, listings / 10);
        List<SheetRow> rows = new ArrayList<>(count);
        for (int number = 0; number < count; number++) {
            Dice dice = Dice.of(seed, "blank row", number);
            if (number > 0 && dice.perMille(30)) {
                rows.add(SheetRow.BLANK);
            }
            rows.add(row(number, number * 10 < listings ? number * 10 : -1));
        }
        return rows;
    }

    /** @param listing number of a listing whose key the row may carry; -1 for none */
    SheetRow row(int number, int listing) {
        Dice dice = Dice.of(seed, "sheet row", number);
        boolean linked = listing >= 0 && dice.below(2) == 0;
        Home home = new Home(seed, linked ? listing : 5_000_000 + number);
        LocalDate listedOn = newestDay.minusDays(dice.between(2, 300));
        List<Cell> cells = new ArrayList<>();
        cells.add(new Cell.Text(propertyNumber(number)));
        cells.add(new Cell.Text(dice.pick(STATUSES)));
        cells.add(new Cell.Text(HomeText.address(home)));
        cells.add(new Cell.Text(home.area.city()));
        cells.add(amount(home.firstPrice, Cell.Format.DOLLARS));
        cells.add(amount(home.bedrooms, Cell.Format.PLAIN));
        cells.add(
                new Cell.Amount(BigDecimal.valueOf(home.fullBaths * 10L + home.halfBaths * 5L, 1), Cell.Format.PLAIN));
        cells.add(linked ? new Cell.Text(home.key) : Cell.Blank.CELL);
        cells.add(dice.perMille(100) ? new Cell.Text("x") : Cell.Blank.CELL);
        cells.add(dice.perMille(300) ? new Cell.Text("钥匙在前台，看房请预约") : Cell.Blank.CELL);
        cells.add(new Cell.Day(listedOn));
        if (dice.perMille(250)) {
            return new SheetRow(cells);
        }
        cells.add(new Cell.Moment(listedOn.atTime(9, 0).plusMinutes(dice.below(60) * 15L)));
        cells.add(new Cell.Text(home.agent));
        cells.add(dice.perMille(400) ? new Cell.Text(dice.pick(NOTES)) : Cell.Blank.CELL);
        cells.add(dice.perMille(100) ? new Cell.Text(dice.pick(NOTES)) : Cell.Blank.CELL);
        cells.add(new Cell.Flag(dice.perMille(100)));
        cells.add(new Cell.Amount(BigDecimal.valueOf(dice.between(8, 12) * 25L, 4), Cell.Format.PERCENT));
        cells.add(new Cell.Product(PRICE, COMMISSION));
        return new SheetRow(cells);
    }

    private static Cell amount(long number, Cell.Format format) {
        return new Cell.Amount(BigDecimal.valueOf(number), format);
    }
}
