"""The arithmetic and the rules of the score; one door: `app.scoring.assess.assess`."""
