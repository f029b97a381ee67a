"""The invariants that are one question: what, and the query whose rows are breaches.

Each gives one column: where. `%(grace)s` are the seconds work may wait, `%(day)s` is today, or yesterday while
the sweeps after midnight may still be at it.
"""
# ruff: noqa: S608 - put together from our own constants alone

IN_EFFECT = """
    SELECT decision.*, cases.code, cases.state AS case_state, cases.membership_id
    FROM associations_decision decision
    JOIN associations_case cases
      ON cases.association_id = decision.association_id AND cases.id = decision.case_id
    WHERE decision.counts AND (decision.imported OR EXISTS (
      SELECT FROM associations_service service
      WHERE service.association_id = decision.association_id AND service.decision_id = decision.id))
"""

PUBLIC = """
    SELECT 'rating' AS kind, public_id, association_slug, payload, NULL::date AS withdraw_on
    FROM credit_publishedrating
    UNION ALL SELECT 'bar', public_id, association_slug, payload, withdraw_on FROM credit_publishedbar
    UNION ALL SELECT 'decision', public_id, association_slug, payload, withdraw_on FROM credit_publisheddecision
"""

LATEST_CONSENT = """
    SELECT DISTINCT ON (membership_id) membership_id, given FROM associations_consent
    WHERE purpose = 'publish' AND receiver = '' ORDER BY membership_id, at DESC, id DESC
"""

QUERIES: tuple[tuple[str, str, str], ...] = (
    # --- I1: a decision exists once, with what follows from it, and nothing follows from none ---
    ("I1", "a decision in effect left no violation on file, or another than it found", f"""
        SELECT effect.public_id FROM ({IN_EFFECT}) effect LEFT JOIN associations_fact fact
          ON fact.association_id = effect.association_id AND fact.key = 'decision:' || effect.public_id
        WHERE fact.id IS NULL OR fact.membership_id <> effect.membership_id OR fact.code <> effect.code
          OR fact.severity <> effect.severity OR fact.occurred_on <> effect.decided_on"""),
    ("I1", "an expulsion or bar in effect left no ban on file", f"""
        SELECT effect.public_id FROM ({IN_EFFECT}) effect LEFT JOIN associations_fact fact
          ON fact.association_id = effect.association_id AND fact.key = 'ban:' || effect.public_id
        WHERE effect.measure >= 5 AND (fact.id IS NULL OR (effect.measure = 6) <> (fact.until_on IS NULL))"""),
    ("I1", "a fact stands for a decision that is not in effect", f"""
        SELECT fact.public_id FROM associations_fact fact
        WHERE fact.source = 'decision' AND NOT EXISTS (
          SELECT FROM ({IN_EFFECT}) effect
          WHERE effect.association_id = fact.association_id AND effect.public_id = fact.source_ref)"""),
    ("I1", "a reversed decision's fact still counts", """
        SELECT decision.public_id FROM associations_reversal reversal
        JOIN associations_decision decision USING (association_id)
        JOIN associations_fact fact ON fact.association_id = decision.association_id
          AND fact.key IN ('decision:' || decision.public_id, 'ban:' || decision.public_id)
        WHERE decision.id = reversal.decision_id AND NOT EXISTS (
          SELECT FROM associations_fact later WHERE later.association_id = fact.association_id
            AND later.ref_id = fact.id AND later.kind = 20)"""),
    ("I1", "a case is not where its last step left it", """
        SELECT cases.public_id FROM associations_case cases LEFT JOIN LATERAL (
          SELECT after FROM associations_caseevent event
          WHERE event.association_id = cases.association_id AND event.case_id = cases.id
          ORDER BY id DESC LIMIT 1) last ON true
        WHERE last.after IS DISTINCT FROM cases.state"""),
    ("I1", "a case is decided without a decision, or has one before it is", """
        SELECT cases.public_id FROM associations_case cases LEFT JOIN associations_decision decision
          ON decision.association_id = cases.association_id AND decision.case_id = cases.id
        WHERE (decision.id IS NOT NULL) <>
          (cases.state IN ('decided', 'served', 'appealed', 'effective', 'enforced', 'reversed', 'closed',
           'history'))"""),
    ("I1", "a decision counts other votes than were cast", """
        SELECT decision.public_id FROM associations_decision decision JOIN LATERAL (
          SELECT count(*) AS present,
            count(*) FILTER (WHERE vote.in_favour AND vote.measure >= decision.measure) AS in_favour
          FROM associations_seat seat JOIN associations_vote vote
            ON vote.association_id = seat.association_id AND vote.seat_id = seat.id
          WHERE seat.association_id = decision.association_id AND seat.case_id = decision.case_id) cast_ ON true
        WHERE NOT decision.imported
          AND (cast_.present, cast_.in_favour) <> (decision.members_present, decision.votes_in_favour)"""),
    # --- I2: one ledger entry for every public change of a sanction ---
    ("I2", "a sanction was published otherwise than the ledger says", """
        SELECT candidate.public_id FROM credit_candidate candidate
        WHERE candidate.kind <> 'rating' AND candidate.edition <> (
          SELECT count(*) FROM core_entry entry
          WHERE entry.association_id = candidate.association_id AND entry.act = 'publication.record.published'
            AND entry.thing = candidate.kind AND entry.thing_id = candidate.record_ref)"""),
    # --- I3: what is public is what was let through ---
    ("I3", "a public row has no candidate that was let through, or another's edition", f"""
        SELECT public.kind || ' ' || public.public_id FROM ({PUBLIC}) public
        LEFT JOIN credit_candidate candidate
          ON candidate.kind = public.kind AND candidate.record_ref = public.public_id
        LEFT JOIN associations_association home ON home.id = candidate.association_id
        WHERE candidate.state IS DISTINCT FROM 'published' OR home.slug <> public.association_slug
          OR candidate.edition <> (public.payload ->> 'edition')::int
          OR candidate.withdraw_on IS DISTINCT FROM coalesce(public.withdraw_on, candidate.withdraw_on)"""),
    ("I3", "a record was let through and is not public", f"""
        SELECT candidate.kind || ' ' || candidate.record_ref FROM credit_candidate candidate
        WHERE candidate.state = 'published' AND NOT EXISTS (
          SELECT FROM ({PUBLIC}) public
          WHERE public.kind = candidate.kind AND public.public_id = candidate.record_ref)"""),
    # --- I5: two people, neither the case's author, none recused ---
    ("I5", "a bar in force rests on no decision in effect that orders it", f"""
        SELECT bar.public_id FROM credit_bar bar
        WHERE bar.state IN ('listed', 'suspended') AND NOT EXISTS (
          SELECT FROM ({IN_EFFECT}) effect WHERE effect.association_id = bar.association_id
            AND effect.public_id = bar.decision_ref AND effect.measure >= 5)"""),
    ("I5", "a sanction was not judged by two people besides the one who opened the case", """
        SELECT decision.public_id FROM associations_decision decision
        WHERE NOT decision.imported AND decision.counts AND (
          decision.decided_by_id = decision.opened_by_id OR 2 > (
            SELECT count(DISTINCT seat.user_id) FROM associations_seat seat JOIN associations_vote vote
              ON vote.association_id = seat.association_id AND vote.seat_id = seat.id
            WHERE seat.association_id = decision.association_id AND seat.case_id = decision.case_id
              AND NOT seat.recused AND seat.user_id <> decision.opened_by_id))"""),
    ("I5", "a bar was reviewed by somebody who took part in the case", """
        SELECT bar.public_id FROM credit_barevent event
        JOIN credit_bar bar ON bar.association_id = event.association_id AND bar.id = event.bar_id
        JOIN associations_decision decision
          ON decision.association_id = bar.association_id AND decision.public_id = bar.decision_ref
        WHERE event.by_id IN (decision.opened_by_id, decision.decided_by_id) OR event.by_id IN (
          SELECT user_id FROM associations_seat seat
          WHERE seat.association_id = bar.association_id AND seat.case_id = decision.case_id)"""),
    ("I5", "a bar was lifted, and neither was its record undone nor did two people agree", """
        SELECT bar.public_id FROM credit_bar bar
        WHERE bar.state = 'lifted' AND NOT EXISTS (
          SELECT FROM associations_fact later WHERE later.association_id = bar.association_id
            AND later.ref_id = bar.fact_id AND later.kind IN (20, 21, 25)) AND NOT EXISTS (
          SELECT FROM credit_barreview review WHERE review.association_id = bar.association_id
            AND review.bar_id = bar.id AND review.agreed AND review.second_id <> review.by_id)"""),
    ("I5", "an expulsion or a bar was set aside by one person", """
        SELECT decision.public_id FROM associations_reversal reversal
        JOIN associations_decision decision
          ON decision.association_id = reversal.association_id AND decision.id = reversal.decision_id
        LEFT JOIN associations_reversalproposal proposal
          ON proposal.association_id = reversal.association_id AND proposal.id = reversal.proposal_id
        LEFT JOIN associations_appealdecision decided
          ON decided.association_id = reversal.association_id AND decided.id = reversal.on_appeal_id
        WHERE decision.measure >= 5 AND reversal.approved <> 'earlier'  -- one was enough then
          AND coalesce(proposal.by_id = reversal.by_id, true)
          AND coalesce(decided.first_by_id = decided.second_by_id, true)"""),
    # --- I6: what may be public is, within the grace; what may not be any more is gone within it ---
    ("I6", "a record that was undone is still public", """
        SELECT public.public_id FROM credit_publisheddecision public
        JOIN associations_fact fact ON fact.key = 'decision:' || public.public_id
        JOIN associations_fact later ON later.association_id = fact.association_id AND later.ref_id = fact.id
        WHERE later.kind IN (20, 21, 24, 25)
          AND later.recorded_at < now() - make_interval(secs => %(grace)s)"""),
    ("I6", "a rating waits too long at the gate", """
        SELECT standing.id::text FROM credit_standing standing
        LEFT JOIN credit_candidate candidate ON candidate.association_id = standing.association_id
          AND candidate.membership_id = standing.membership_id AND candidate.kind = 'rating'
        WHERE candidate.version IS DISTINCT FROM standing.id::text
          AND standing.rated_at < now() - make_interval(secs => %(grace)s)"""),
    ("I6", "a decision in effect was never put before the gate", f"""
        SELECT effect.public_id FROM ({IN_EFFECT}) effect
        JOIN associations_caseevent event ON event.association_id = effect.association_id
          AND event.case_id = effect.case_id AND event.step IN ('serve_decision', 'record')
        WHERE event.at < now() - make_interval(secs => %(grace)s) AND NOT EXISTS (
          SELECT FROM credit_candidate candidate WHERE candidate.association_id = effect.association_id
            AND candidate.kind = 'decision' AND candidate.record_ref = effect.public_id)"""),
    # --- I7: the walls stand ---
    ("I7", "the application's log-in could walk around the walls", """
        SELECT rolname FROM pg_roles WHERE rolname LIKE 'register\\_%%'
          AND (rolsuper OR rolbypassrls OR rolcreaterole)"""),
    ("I7", "a table that names an association and has policies does not force them", """
        SELECT relname FROM pg_class WHERE relkind IN ('r', 'p') AND relnamespace = 'public'::regnamespace
          AND (relispartition OR oid IN (SELECT polrelid FROM pg_policy))
          AND NOT (relrowsecurity AND relforcerowsecurity)"""),
    ("I7", "a table of the associations has no policy", """
        SELECT relname FROM pg_class JOIN pg_attribute ON attrelid = pg_class.oid
        WHERE relkind IN ('r', 'p') AND NOT relispartition AND relnamespace = 'public'::regnamespace
          AND attname = 'association_id' AND relname NOT IN ('core_appointment', 'credit_rulesetversion')
          AND pg_class.oid NOT IN (SELECT polrelid FROM pg_policy)"""),
    ("I7", "a partition can be asked by its own name, past the policies of its table", """
        SELECT relname FROM pg_class, aclexplode(relacl) WHERE relispartition AND relkind = 'r'
          AND relnamespace = 'public'::regnamespace AND grantee <> relowner
        UNION SELECT relname FROM pg_class JOIN pg_policy ON polrelid = pg_class.oid WHERE relispartition"""),
    # --- I8: what is append-only cannot be changed ---
    ("I8", "a trigger that refuses changes is asleep", """
        SELECT tgrelid::regclass::text FROM pg_trigger WHERE tgname = 'append_only' AND tgenabled <> 'O'"""),
    ("I8", "a rating could be overwritten without a trace, or one invented", """
        SELECT relid::regclass::text FROM (
          SELECT relid, 3 AS asked FROM pg_partition_tree('credit_standing') UNION ALL
          SELECT relid, 1 FROM pg_partition_tree('credit_formerrating')) place
        WHERE asked <> (SELECT count(*) FROM pg_trigger WHERE tgrelid = relid AND tgenabled = 'O'
          AND tgname IN ('standing_kept', 'standing_later', 'standing_stays', 'former_stood'))"""),
    ("I8", "the ledger has no trigger that refuses changes", """
        SELECT 'core_entry' WHERE NOT EXISTS (
          SELECT FROM pg_trigger WHERE tgname = 'append_only' AND tgrelid = 'core_entry'::regclass)"""),
    # --- I9: queues empty ---
    ("I9", "a membership waits too long to be rated", """
        SELECT membership_id FROM associations_conductdue
        WHERE since < now() - make_interval(secs => %(grace)s)"""),
    ("I9", "a member with facts was never rated and does not wait", """
        SELECT DISTINCT fact.membership_id FROM associations_fact fact
        WHERE NOT EXISTS (SELECT FROM credit_standing standing
            WHERE standing.association_id = fact.association_id AND standing.membership_id = fact.membership_id)
          AND NOT EXISTS (SELECT FROM associations_conductdue due
            WHERE due.association_id = fact.association_id AND due.membership_id = fact.membership_id)"""),
    ("I9", "a fact was recorded after the rating and the member does not wait", """
        SELECT fact.public_id FROM associations_fact fact JOIN credit_standing standing
          ON standing.association_id = fact.association_id AND standing.membership_id = fact.membership_id
        WHERE fact.id > coalesce(standing.last_fact_id, 0) AND NOT EXISTS (
          SELECT FROM associations_conductdue due
          WHERE due.association_id = fact.association_id AND due.membership_id = fact.membership_id)"""),
    ("I9", "an import's worker is gone and nobody took it over", """
        SELECT public_id FROM associations_run
        WHERE state = 'running' AND lease_until < now() - make_interval(secs => %(grace)s)"""),
    # --- I10: what has ended is over, what is for life is not ---
    ("I10", "a public record is past its last day", f"""
        SELECT kind || ' ' || public_id FROM ({PUBLIC}) public WHERE withdraw_on <= %(day)s"""),
    ("I10", "a bar is not what became of its fact", """
        SELECT bar.public_id FROM credit_bar bar
        JOIN associations_fact fact ON fact.association_id = bar.association_id AND fact.id = bar.fact_id
        LEFT JOIN LATERAL (SELECT kind, recorded_at FROM associations_fact later
          WHERE later.association_id = fact.association_id AND later.ref_id = fact.id
          ORDER BY later.occurred_on DESC, later.id DESC LIMIT 1) said ON true
        WHERE fact.kind <> 14 OR bar.membership_id <> fact.membership_id
          OR bar.until_on IS DISTINCT FROM fact.until_on OR bar.for_life <> (fact.until_on IS NULL)
          OR bar.state IN ('listed', 'suspended') AND (bar.until_on < %(day)s
            OR said.kind IN (20, 21, 24, 25)
              AND said.recorded_at < now() - make_interval(secs => %(grace)s))
          OR bar.state = 'expired' AND (bar.for_life OR bar.until_on >= %(day)s)"""),
    ("I10", "an expulsion or bar on file is not listed", """
        SELECT fact.public_id FROM associations_fact fact
        WHERE fact.kind = 14 AND fact.recorded_at < now() - make_interval(secs => %(grace)s)
          AND (fact.until_on IS NULL OR fact.until_on >= %(day)s)
          AND NOT EXISTS (SELECT FROM credit_bar bar
            WHERE bar.association_id = fact.association_id AND bar.fact_id = fact.id)
          AND NOT EXISTS (SELECT FROM associations_fact later
            WHERE later.association_id = fact.association_id AND later.ref_id = fact.id
              AND later.kind IN (20, 21, 24, 25))"""),
    ("I10", "screening compares with a bar that is not in force, or misses one that is", """
        SELECT DISTINCT watch.bar_public_id FROM core_watchmark watch JOIN credit_bar bar
          ON bar.public_id = watch.bar_public_id
        WHERE watch.in_force <> (bar.state = 'listed')
          AND (SELECT max(event.at) FROM credit_barevent event WHERE event.bar_id = bar.id)
            < now() - make_interval(secs => %(grace)s)"""),
    ("I10", "a rating's day has come and it does not wait", """
        SELECT standing.membership_id FROM credit_standing standing
        WHERE standing.next_change_on <= %(day)s AND standing.as_of < %(day)s AND NOT EXISTS (
          SELECT FROM associations_conductdue due WHERE due.association_id = standing.association_id
            AND due.membership_id = standing.membership_id)"""),
    # --- I11: natural persons ---
    ("I11", "a natural person's record is public without consent or source, or without a named human", f"""
        SELECT candidate.kind || ' ' || candidate.record_ref FROM credit_candidate candidate
        JOIN associations_membership member ON member.association_id = candidate.association_id
          AND member.id = candidate.membership_id
        LEFT JOIN ({LATEST_CONSENT}) consent ON consent.membership_id = member.id
        WHERE candidate.state = 'published' AND member.is_person AND (
          candidate.approved_by_id IS NULL OR candidate.approved_for <> candidate.asks_for
          OR NOT coalesce(consent.given, false) AND candidate.public_source = '')"""),
)  # fmt: skip
