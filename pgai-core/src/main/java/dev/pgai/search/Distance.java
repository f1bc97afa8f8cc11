package dev.pgai.search;

/** How far two vectors are apart: an operator of pgvector's. Smaller is nearer for all of them. */
public enum Distance {
    /** {@code <=>}: one minus the cosine of the angle, 0 to 2. The length of the vectors does not matter. */
    COSINE("<=>"),
    /** {@code <->}: the Euclidean distance, 0 or more. */
    L2("<->"),
    /** {@code <#>}: the inner product with its sign turned, so that smaller is nearer here, too; any number. */
    INNER_PRODUCT("<#>"),
    /** {@code <+>}: the sum of the differences of each number, 0 or more. Since pgvector 0.7. */
    L1("<+>");

    private final String operator;

    Distance(String operator) {
        this.operator = operator;
    }

    /**
     * The operator.
     *
     * @return such as {@code <=>}
     */
    public String operator() {
        return operator;
    }
}
