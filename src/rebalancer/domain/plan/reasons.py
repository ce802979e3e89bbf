"""The closed lists of codes that a plan speaks in. Their sentences stand in the text catalogue, in each language."""

from __future__ import annotations

from enum import StrEnum


class TradeReason(StrEnum):
    """Why a trade is in the plan."""

    OVERWEIGHT = "overweight"
    UNDERWEIGHT = "underweight"
    INVEST = "invest"
    WITHDRAW = "withdraw"
    SETTLE = "settle"


class MoveReason(StrEnum):
    """Why something must be moved before it can be traded."""

    REDEEM = "redeem"
    TRANSFER = "transfer"
    DEPOSIT = "deposit"


class UntouchedReason(StrEnum):
    """Why a holding, or a target, is left as it is."""

    BELOW_MIN_TRADE = "below_min_trade"
    CASH = "cash"
    COST_ABOVE_BENEFIT = "cost_above_benefit"
    COST_CAP = "cost_cap"
    DISPUTED = "disputed"
    FROZEN = "frozen"
    GROUP_NOT_OVERWEIGHT = "group_not_overweight"
    GROUP_ON_HOLD = "group_on_hold"
    IGNORED = "ignored"
    INVEST_UNSPENT = "invest_unspent"
    IN_BAND = "in_band"
    KEPT = "kept"
    LOCKED = "locked"
    MARKET_CLOSED = "market_closed"
    MAX_ORDERS = "max_orders"
    MODE = "mode"
    NEGATIVE_BALANCE = "negative_balance"
    NET_NOT_POSITIVE = "net_not_positive"
    NOT_NEEDED = "not_needed"
    NOTHING_TO_BUY = "nothing_to_buy"
    NOTHING_TO_BUY_WITH = "nothing_to_buy_with"
    NOTHING_TO_SELL = "nothing_to_sell"
    NOT_BUYABLE = "not_buyable"
    NO_MARKET = "no_market"
    NO_PRIMARY = "no_primary"
    ON_ORDER = "on_order"
    PLACE_CLOSED = "place_closed"
    PRIMARY_NOT_TRADABLE = "primary_not_tradable"
    UNCLASSIFIED = "unclassified"
    UNPRICED = "unpriced"
    WITHDRAW_SHORT = "withdraw_short"
    WORTHLESS = "worthless"


class AssumptionCode(StrEnum):
    """What the plan takes for granted because no input says it."""

    EXPORT_PRICES = "export_prices"
    FEE_ASSUMED = "fee_assumed"
    LOCATIONS_UNKNOWN = "locations_unknown"
    LOTS_ASSUMED = "lots_assumed"
    MOVE_FEES_UNKNOWN = "move_fees_unknown"
    NO_EXCHANGE_KNOWN = "no_exchange_known"
    PLACES_GUESSED = "places_guessed"
    PRICES_UNDATED = "prices_undated"
    ROUNDING = "rounding"
    UNCLASSIFIED_LEFT_OUT = "unclassified_left_out"
    UNPRICED_LEFT_OUT = "unpriced_left_out"
    USD_UNKNOWN = "usd_unknown"
    USER_FILE_PRICES = "user_file_prices"


class ExecHint(StrEnum):
    """How a step is carried out."""

    ORDER_AT_VENUE = "order_at_venue"
    ORDER_BY_HAND = "order_by_hand"
    ORDER_ANYWHERE = "order_anywhere"
    AFTER_ARRIVAL = "after_arrival"
