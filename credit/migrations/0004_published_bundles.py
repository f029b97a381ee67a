from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('credit', '0003_stretches'),
    ]

    operations = [
        migrations.CreateModel(
            name='PublishedBundle',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('public_id', models.CharField(max_length=22, unique=True)),
                ('ruleset_sha256', models.CharField(max_length=64)),
                ('sha256', models.CharField(max_length=64)),
                ('content', models.BinaryField()),
                ('issued_at', models.DateTimeField()),
            ],
        ),
    ]
