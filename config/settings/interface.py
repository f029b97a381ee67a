"""Language and time. Chinese without a prefix, English under /en/; days are Shanghai's days."""

from config.settings.environment import BASE_DIR

LANGUAGE_CODE = "zh-hans"
LANGUAGES = [("zh-hans", "简体中文"), ("en", "English")]
LOCALE_PATHS = [BASE_DIR / "locale"]
USE_I18N = True

TIME_ZONE = "Asia/Shanghai"
USE_TZ = True
