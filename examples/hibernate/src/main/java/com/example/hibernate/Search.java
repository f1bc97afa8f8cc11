package com.example.hibernate;

import java.util.List;
import org.hibernate.Session;
import org.hibernate.query.criteria.HibernateCriteriaBuilder;
import org.hibernate.query.criteria.JpaCriteriaQuery;

/** What is nearest to a vector. */
public final class Search {

    private Search() {}

    /** In HQL. */
    public static List<BlogEmbedding> nearest(Session session, float[] vector, int limit) {
        return session.createQuery(
                        "from BlogEmbedding e join fetch e.blog order by cosine_distance(e.embedding, :vector)",
                        BlogEmbedding.class)
                .setParameter("vector", vector)
                .setMaxResults(limit)
                .getResultList();
    }

    /** With conditions that are put together by criteria, for who is searching. */
    public static List<BlogEmbedding> nearestOf(Session session, String title, float[] vector, int limit) {
        HibernateCriteriaBuilder builder = session.getCriteriaBuilder();
        JpaCriteriaQuery<BlogEmbedding> query = builder.createQuery(
                "from BlogEmbedding e order by cosine_distance(e.embedding, :vector)", BlogEmbedding.class);
        query.where(builder.equal(query.getRootList().get(0).get("blog").get("title"), title));
        return session.createQuery(query)
                .setParameter("vector", vector)
                .setMaxResults(limit)
                .getResultList();
    }
}
