"""Answers as HL7 FHIR R4: a Questionnaire of each handout and edition, and a QuestionnaireResponse of each file."""
