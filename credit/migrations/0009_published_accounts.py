
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('credit', '0008_appeals_at_the_gate'),
    ]

    operations = [
        migrations.CreateModel(
            name='PublishedAccount',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('association_slug', models.CharField(max_length=40, unique=True)),
                ('version', models.CharField(max_length=100)),
                ('payload', models.JSONField()),
                ('etag', models.CharField(max_length=64)),
                ('published_at', models.DateTimeField()),
            ],
        ),
    ]
