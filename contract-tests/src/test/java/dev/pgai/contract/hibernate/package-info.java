/** Hibernate's schema tools. */
package dev.pgai.contract.hibernate;
