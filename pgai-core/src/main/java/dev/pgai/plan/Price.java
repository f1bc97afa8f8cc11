package dev.pgai.plan;

import dev.pgai.InvalidArgumentException;
import dev.pgai.argument.Check;
import java.math.BigDecimal;
import java.math.RoundingMode;

/**
 * What a provider asks for, to estimate what a plan costs.
 *
 * @param perMillionTokens the price of a million tokens, from 0, in whatever currency
 * @param charactersPerToken how many bytes of text make a token, from above 0: about 4 for English, 3 for Chinese, 1 to
 *     be on the safe side
 */
public record Price(BigDecimal perMillionTokens, double charactersPerToken) {

    private static final int DIGITS = 6;

    /**
     * Checks the arguments.
     *
     * @param perMillionTokens as above
     * @param charactersPerToken as above
     * @throws InvalidArgumentException when the price is null or negative, or a token has no characters
     */
    public Price {
        if (Check.notNull("perMillionTokens", perMillionTokens).signum() < 0) {
            throw new InvalidArgumentException(
                    "perMillionTokens", perMillionTokens, "it must be 0 or more", "Give what the provider asks for.");
        }
        if (!(charactersPerToken > 0) || Double.isInfinite(charactersPerToken)) {
            throw new InvalidArgumentException(
                    "charactersPerToken", charactersPerToken, "it must be above 0", "Give 4 for English text.");
        }
    }

    BigDecimal of(long bytes) {
        double tokens = Math.ceil(bytes / charactersPerToken);
        return perMillionTokens
                .multiply(new BigDecimal(tokens))
                .movePointLeft(6)
                .setScale(DIGITS, RoundingMode.UP);
    }
}
