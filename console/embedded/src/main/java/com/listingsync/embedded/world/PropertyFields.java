package com.listingsync.embedded.world;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.LocalDate;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** How each field of Property is read from a {@link Listing}. */
final class PropertyFields {
    private static final long MICROS_PER_DAY = 86_400_000_000L;
    private final Map<String, Function<Row, @Nullable Object>> readers = new HashMap<>();

    private PropertyFields() {}

    static Map<String, Function<Row, @Nullable Object>> readers() {
        PropertyFields fields = new PropertyFields();
        fields.identity();
        fields.price();
        fields.timestamps();
        fields.address();
        fields.region();
        fields.size();
        fields.features();
        fields.costs();
        fields.people();
        return fields.readers;
    }

    private void put(String name, Function<Listing, @Nullable Object> reader) {
        readers.put(name, row -> reader.apply((Listing) row));
    }

    private void identity() {
        put("ListingKey", Listing::key);
        put("ListingId", x -> x.home().oddity == Oddity.NO_LISTING_ID ? null : x.key());
        put("OriginatingSystemName", x -> "Sample Toronto MLS");
        put("OriginatingSystemKey", x -> "samplemls:" + x.key());
        put("StandardStatus", x -> x.standing().status().standard);
        put("MlsStatus", x -> x.standing().status().mls);
        put("ContractStatus", x -> x.standing().status().contract);
        put("TransactionType", x -> x.home().lease ? "For Lease" : "For Sale");
        put("PropertyType", x -> x.home().kind.type);
        put("PropertySubType", x -> x.home().kind.subType);
        put("PhotosCount", x -> whole(x, x.standing().photos()));
        put("InternetEntireListingDisplayYN", x -> x.home().number % 70 != 0);
        put("InternetAddressDisplayYN", x -> x.home().number % 40 != 0);
    }

    private void price() {
        put(
                "ListPrice",
                x -> x.standing().priceInWords()
                        ? "Contact agent"
                        : whole(x, x.standing().price()));
        put("OriginalListPrice", x -> whole(x, x.home().firstPrice));
        put(
                "PreviousListPrice",
                x -> x.standing().previousPrice() == 0
                        ? null
                        : whole(x, x.standing().previousPrice()));
        put(
                "ClosePrice",
                x -> x.standing().closePrice() == 0
                        ? null
                        : whole(x, x.standing().closePrice()));
        put("CloseDate", x -> closed(x) ? day(x.stamps().statusChanged(), 45) : null);
        put("PurchaseContractDate", x -> closed(x) ? day(x.stamps().statusChanged(), 0) : null);
        put(
                "BuyerOfficeName",
                x -> closed(x) ? Places.BROKERAGES.get(x.home().number % Places.BROKERAGES.size()) : null);
        put("DaysOnMarket", x -> whole(x, daysOnMarket(x)));
    }

    private void timestamps() {
        put("ListingContractDate", x -> day(x.stamps().entered(), -1));
        put("ExpirationDate", x -> day(x.stamps().entered(), 120));
        put("OriginalEntryTimestamp", x -> x.stamps().entered());
        put("ModificationTimestamp", x -> x.stamps().modified());
        put("StatusChangeTimestamp", x -> x.stamps().statusChanged());
        put(
                "MajorChangeTimestamp",
                x -> Math.max(x.stamps().statusChanged(), x.stamps().priceChanged()));
        put(
                "PriceChangeTimestamp",
                x -> x.standing().previousPrice() == 0 ? null : x.stamps().priceChanged());
        put("PhotosChangeTimestamp", x -> x.stamps().photosChanged());
    }

    private void address() {
        put("UnparsedAddress", x -> HomeText.address(x.home()));
        put("StreetNumber", x -> Integer.toString(x.home().streetNumber));
        put("StreetName", x -> x.home().street.name());
        put("StreetSuffix", x -> x.home().street.suffix());
        put(
                "StreetDirSuffix",
                x -> x.home().street.direction().isEmpty()
                        ? null
                        : x.home().street.direction());
        put("UnitNumber", x -> x.home().unit == 0 ? null : Integer.toString(x.home().unit));
        put("PostalCode", x -> x.home().postalCode);
        put("CrossStreet", x -> HomeText.crossStreet(x.home()));
        put("Latitude", x -> BigDecimal.valueOf(x.home().latitude()).setScale(6, RoundingMode.HALF_UP));
        put("Longitude", x -> BigDecimal.valueOf(x.home().longitude()).setScale(6, RoundingMode.HALF_UP));
    }

    private void region() {
        put("City", x -> x.home().area.city());
        put("CityRegion", x -> x.home().area.neighbourhood());
        put("CountyOrParish", x -> x.home().area.county());
        put("MLSAreaMajor", x -> x.home().area.major());
        put("StateOrProvince", x -> "ON");
        put("Country", x -> "CA");
    }

    private void size() {
        put("BedroomsTotal", x -> whole(x, x.home().bedrooms));
        put("BathroomsTotalInteger", x -> whole(x, x.home().fullBaths + x.home().halfBaths));
        put("BathroomsFull", x -> whole(x, x.home().fullBaths));
        put("BathroomsHalf", x -> whole(x, x.home().halfBaths));
        put("RoomsTotal", x -> whole(x, x.home().roomsTotal()));
        put("LivingArea", x -> BigDecimal.valueOf(x.home().livingArea * 100L, 2));
        put("LivingAreaUnits", x -> "Square Feet");
        put("LotSizeArea", x -> condo(x) ? null : BigDecimal.valueOf(lotHundredths(x), 2));
        put("LotSizeUnits", x -> condo(x) ? null : "Square Feet");
        put("LotSizeDimensions", x -> condo(x) ? null : x.home().lotFrontFeet + " x " + x.home().lotDepthFeet);
        put("YearBuilt", x -> whole(x, x.home().yearBuilt));
        put("ParkingTotal", x -> whole(x, x.home().parking));
        put("GarageSpaces", x -> whole(x, x.home().garages));
    }

    private void features() {
        put("ArchitecturalStyle", x -> lookup(x, HomeText.style(x.home())));
        put("Basement", x -> lookup(x, HomeText.basement(x.home())));
        put("Heating", x -> lookup(x, HomeText.heating(x.home())));
        put("Cooling", x -> lookup(x, HomeText.cooling(x.home())));
        put("ConstructionMaterials", x -> lookup(x, HomeText.materials(x.home())));
        put("InteriorFeatures", x -> lookup(x, HomeText.interior(x.home())));
        put("PoolFeatures", x -> lookup(x, List.of(x.home().number % 17 == 0 ? "Inground" : "None")));
        put("FireplaceYN", x -> x.home().number % 3 == 0);
        put("WaterfrontYN", x -> x.home().number % 97 == 0);
        put("VirtualTourURLUnbranded", x -> x.home().number % 4 == 0 ? HomeText.tour(x.home()) : null);
        put("PublicRemarks", x -> HomeText.remarks(x.home()));
        put("Inclusions", x -> HomeText.inclusions(x.home()));
    }

    private void costs() {
        put("AssociationFee", x -> condo(x) ? BigDecimal.valueOf(x.home().livingArea * 68L, 2) : null);
        put("AssociationFeeFrequency", x -> condo(x) ? "Monthly" : null);
        put("AssociationFeeIncludes", x -> condo(x) ? lookup(x, HomeText.feeIncludes(x.home())) : null);
        put(
                "TaxAnnualAmount",
                x -> BigDecimal.valueOf(
                        x.home().kind.averagePrice * (x.home().area.level() / 2L) / 70, 2));
        put("TaxYear", x -> whole(x, 2025));
    }

    private void people() {
        put("ListOfficeName", x -> x.home().brokerage);
        put("ListOfficeKey", x -> Integer.toString(100_000 + Places.BROKERAGES.indexOf(x.home().brokerage) * 317));
        put("ListAgentFullName", x -> x.home().agent);
        put("ListAgentKey", x -> Integer.toString(9_500_000 + Places.AGENTS.indexOf(x.home().agent) * 1_013));
    }

    private static boolean closed(Listing listing) {
        return listing.standing().status().closed();
    }

    private static boolean condo(Listing listing) {
        return listing.home().kind.condo();
    }

    private static long lotHundredths(Listing listing) {
        return 100L * listing.home().lotFrontFeet * listing.home().lotDepthFeet;
    }

    private static long daysOnMarket(Listing x) {
        return (x.stamps().modified() - x.stamps().entered()) / MICROS_PER_DAY;
    }

    /** A whole number, which an odd MLS writes as a decimal. */
    private static Object whole(Listing listing, long value) {
        return listing.home().oddity == Oddity.DECIMAL_INTEGERS ? BigDecimal.valueOf(value * 10, 1) : (Object) value;
    }

    /** A list of lookup values, which an odd MLS writes as one string. */
    private static Object lookup(Listing listing, List<String> values) {
        return listing.home().oddity == Oddity.STRING_FOR_ARRAY ? String.join(", ", values) : values;
    }

    private static LocalDate day(long micros, int plusDays) {
        return LocalDate.ofEpochDay(Math.floorDiv(micros, MICROS_PER_DAY) + plusDays);
    }
}
