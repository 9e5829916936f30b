package io.junctor.cli.syntax;

import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/** Parses a number of at least 1. */
public final class PositiveNumberConverter implements ITypeConverter<Integer> {
    @Override
    public Integer convert(String text) {
        int number;
        try {
            number = Integer.parseInt(text);
        } catch (NumberFormatException e) {
            throw unfit(text);
        }
        if (number < 1) {
            throw unfit(text);
        }
        return number;
    }

    private static TypeConversionException unfit(String text) {
        return new TypeConversionException("'" + text + "' is not a whole number from 1 to " + Integer.MAX_VALUE);
    }
}
