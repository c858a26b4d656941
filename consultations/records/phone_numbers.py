"""Telephone numbers as people type them: understood, or asked about."""

import phonenumbers

NOT_A_NUMBER = "does not look like a telephone number"
ODD = {
    phonenumbers.ValidationResult.TOO_SHORT: "looks too short",
    phonenumbers.ValidationResult.TOO_LONG: "looks too long",
    phonenumbers.ValidationResult.INVALID_LENGTH: "looks too short or too long",
    phonenumbers.ValidationResult.IS_POSSIBLE_LOCAL_ONLY: (
        "looks too short, or lacks its area code"
    ),
    phonenumbers.ValidationResult.INVALID_COUNTRY_CODE: (
        "begins with a country code that we do not know"
    ),
}
UNREADABLE = {
    phonenumbers.NumberParseException.INVALID_COUNTRY_CODE: (
        phonenumbers.ValidationResult.INVALID_COUNTRY_CODE
    ),
    phonenumbers.NumberParseException.TOO_SHORT_AFTER_IDD: (
        phonenumbers.ValidationResult.TOO_SHORT
    ),
    phonenumbers.NumberParseException.TOO_SHORT_NSN: (
        phonenumbers.ValidationResult.TOO_SHORT
    ),
    phonenumbers.NumberParseException.TOO_LONG: phonenumbers.ValidationResult.TOO_LONG,
}


def tidy(typed: str) -> str:
    return " ".join(typed.split())


def has_digits(typed: str) -> bool:
    return any(letter.isdigit() for letter in typed)


def read(typed: str, country: str = "GB") -> tuple[str, str]:
    """The number in E.164 form, and what is odd about it; one of them is empty.

    Numbers without a country code are read as those of that country. Lists of valid
    ranges lag behind real ones, so only the length is looked at. With an extension a
    number stays as it was typed: E.164 has no room for that.
    """
    try:
        number = phonenumbers.parse(tidy(typed), country)
    except phonenumbers.NumberParseException as error:
        return "", ODD.get(UNREADABLE.get(error.error_type), NOT_A_NUMBER)
    # is_possible_number() also allows a number that lacks its area code.
    found = phonenumbers.is_possible_number_with_reason(number)
    if found != phonenumbers.ValidationResult.IS_POSSIBLE:
        return "", ODD.get(found, NOT_A_NUMBER)
    if number.extension:
        return tidy(typed), ""
    return phonenumbers.format_number(number, phonenumbers.PhoneNumberFormat.E164), ""


def is_odd(typed: str, country: str = "GB") -> bool:
    """Perhaps a number all the same: it has digits at least."""
    return has_digits(typed) and bool(read(typed, country)[1])


def shown(stored: str) -> str:
    """The way people here write it: national for British numbers."""
    try:
        number = phonenumbers.parse(stored)
    except phonenumbers.NumberParseException:
        return stored  # as it was typed: odd, or with an extension
    is_british = number.country_code == 44
    forms = phonenumbers.PhoneNumberFormat
    return phonenumbers.format_number(
        number, forms.NATIONAL if is_british else forms.INTERNATIONAL
    )
