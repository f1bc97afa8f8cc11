package dev.pgai.cli;

import dev.pgai.InvalidArgumentException;
import dev.pgai.plan.Price;
import java.math.BigDecimal;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** What a plan costs. */
final class PriceOptions {

    @Option(
            names = "--price",
            paramLabel = "AMOUNT",
            description = "What a million tokens cost, to say what the plan costs at most. 0 or more.")
    @Nullable
    BigDecimal price;

    @Option(
            names = "--characters-per-token",
            paramLabel = "NUMBER",
            defaultValue = "4",
            description = "With --price: how many bytes of text make a token, above 0. Default: ${DEFAULT-VALUE}, as in"
                    + " English.")
    double charactersPerToken;

    Optional<Price> price() {
        try {
            return Optional.ofNullable(price).map(amount -> new Price(amount, charactersPerToken));
        } catch (InvalidArgumentException e) {
            throw e.at(e.argument().equals("perMillionTokens") ? "--price" : "--characters-per-token");
        }
    }
}
